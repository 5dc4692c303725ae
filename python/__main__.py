# Lets `python <this folder> serve ...` run without an installation. The syntax is kept so old that any Python
# still in use can read it and say that it is too old.
import sys

try:
    from typedpool.cli import main
except ImportError:
    if sys.version_info >= (3, 9):
        raise
    sys.stderr.write("%s\n" % sys.exc_info()[1])
    sys.exit(78)

if __name__ == "__main__":
    sys.exit(main())
