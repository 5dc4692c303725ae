"""`python -m typedpool`."""

import sys

from typedpool.cli import main

if __name__ == "__main__":
    sys.exit(main())
