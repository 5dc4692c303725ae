# Lets `python <this folder> serve ...` run without an installation. The syntax is kept so old that any Python
# still in use can read it and say that it is too old.
import os
import sys


def keep_byte_code():
    """Has the byte code of this package kept in a folder of the user's, where it is not, and must not be, beside the source.

    Programs are often installed where they cannot write, and images often forbid byte code altogether, for the sake of
    what is in them; each worker would compile this package anew, which takes longer than all the rest of its start.
    """
    beside = os.path.join(sys.path[0], "typedpool", "__pycache__", "cli.%s.pyc" % sys.implementation.cache_tag)
    may_write = not sys.dont_write_bytecode and os.access(sys.path[0], os.W_OK)
    folder = None if may_write or sys.pycache_prefix is not None or os.path.exists(beside) else private_folder()
    if folder is None:
        return
    from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader

    class Loader(SourceFileLoader):
        def get_code(self, fullname):  # pyright: ignore[reportMissingParameterType]
            # Only while it reads or writes byte code: what the package imports meanwhile is none of this.
            before = sys.pycache_prefix, sys.dont_write_bytecode
            sys.pycache_prefix, sys.dont_write_bytecode = folder, False
            try:
                return SourceFileLoader.get_code(self, fullname)
            finally:
                sys.pycache_prefix, sys.dont_write_bytecode = before

    root = FileFinder(sys.path[0], (Loader, SOURCE_SUFFIXES))
    sys.path_importer_cache[sys.path[0]] = root
    for names in (("typedpool",), ("typedpool", "kinds")):
        path = os.path.join(root.path, *names)
        sys.path_importer_cache[path] = FileFinder(path, (Loader, SOURCE_SUFFIXES))


def private_folder():
    """A folder in which nobody else can put code that would be run; None where there can be none."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    folder = os.path.join(base, "typedpool", "bytecode")
    try:
        if not os.path.isabs(folder):
            return None
        os.makedirs(folder, 0o700, exist_ok=True)
        found = os.stat(folder)
    except OSError:
        return None
    is_own = sys.platform == "win32" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
    return folder if is_own else None


if sys.version_info >= (3, 9):
    keep_byte_code()
try:
    from typedpool.cli import main
except ImportError:
    if sys.version_info >= (3, 9):
        raise
    sys.stderr.write("%s\n" % sys.exc_info()[1])
    sys.exit(78)

if __name__ == "__main__":
    sys.exit(main())
