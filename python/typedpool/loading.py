"""Imports the user's modules, and knows which files are the user's own."""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType, TracebackType
from typing import List, NamedTuple, Optional, Sequence, Set

from typedpool.problems import NOT_IMPORTED, ExportError, Place, Problem

_INSTALLED = {"site-packages", "dist-packages"}
_BRIDGE = os.path.dirname(os.path.abspath(__file__))


class ImportFailed(ExportError):
    """A module raised while it was imported. `__cause__` is what it raised."""


class _Target(NamedTuple):
    """What a MODULE on the command line means: a name to import, and the folder or file that it was given as."""

    name: str
    folder: Optional[str]
    path: Optional[str]


class Project:
    """The user's modules and the folders that they come from.

    Args:
        modules: Dotted names, paths of .py files, or paths of package folders.
        search_path: Folders to import from; the current folder comes after them.
    """

    def __init__(self, modules: Sequence[str], search_path: Sequence[str] = ()) -> None:
        self._targets = [_target(module) for module in modules]
        folders = [os.path.abspath(folder) for folder in search_path]
        self._roots = set(folders)
        for target in self._targets:
            if target.folder is not None:
                self._roots.add(target.folder)
                folders.append(target.folder)
        self._folders = folders

    def load(self) -> List[ModuleType]:
        """Imports the modules.

        Raises:
            ImportFailed: One could not be imported; the place is the innermost line of the user's own code.
        """
        sys.path[:0] = [folder for folder in self._folders if folder not in sys.path]
        if not {"", os.getcwd()} & set(sys.path):
            sys.path.insert(len(self._folders), os.getcwd())
        return [self._import(target) for target in self._targets]

    def sources(self) -> List[str]:
        """The absolute paths of the user's own source files that have been imported, sorted."""
        files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
        return sorted({os.path.abspath(file) for file in files if file is not None and self._owns(file)})

    def _import(self, target: _Target) -> ModuleType:
        try:
            module = importlib.import_module(target.name)
        except BaseException as error:
            raise ImportFailed([self._problem(target, error)]) from error
        if target.path is not None and not _is_file(module, target.path):
            text = f"'{target.name}' is already the name of another module, {module.__file__}. Rename {target.path}."
            raise ImportFailed([Problem(Place(target.path), NOT_IMPORTED, text)])
        self._roots.add(_root(module))
        return module

    def _problem(self, target: _Target, error: BaseException) -> Problem:
        said = f"{type(error).__name__}: {error}"
        if isinstance(error, ModuleNotFoundError) and error.name in (target.name, target.name.split(".")[0]):
            place, hint = Place(target.path), f" Searched in {', '.join(sys.path)}."
        else:
            place, hint = self._blamed(target, error), ""
        return Problem(place, NOT_IMPORTED, f"module '{target.name}' cannot be imported. {said}.{hint}")

    def _blamed(self, target: _Target, error: BaseException) -> Place:
        if isinstance(error, SyntaxError) and error.filename and os.path.exists(error.filename):
            return Place(os.path.abspath(error.filename), error.lineno or 1, max(1, error.offset or 1))
        import traceback

        frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
        own = [(file, line) for file, line in frames if self._owns(file)]
        # A module found elsewhere on sys.path belongs to no known folder before its import has succeeded.
        foreign = [(file, line) for file, line in frames if os.path.exists(file) and not _is_installed(file)]
        for file, line in reversed(own or foreign):
            return Place(os.path.abspath(file), line)
        return Place(target.path)

    def _owns(self, file: str) -> bool:
        file = os.path.abspath(file)
        root = min((root for root in self._roots if file.startswith(os.path.join(root, ""))), key=len, default=None)
        return root is not None and file.endswith(".py") and not _is_installed(file) and not _in_environment(file, root)


def without_foreign_frames(trace: Optional[TracebackType]) -> Optional[TracebackType]:
    """A traceback without the frames of the bridge and of the import system that it begins with."""
    while trace is not None and is_bridge_file(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace


def print_exception(error: BaseException) -> None:
    """Prints what user code has raised where nobody is told, on standard error."""
    import traceback

    traceback.print_exception(type(error), error, without_foreign_frames(error.__traceback__))


def is_bridge_file(file: str) -> bool:
    """Whether a frame of this file is the bridge's own, or the import system's on its behalf."""
    return file.startswith(_BRIDGE + os.sep) or file.startswith("<frozen importlib") or file == importlib.__file__


def _target(module: str) -> _Target:
    if module.endswith(".py"):
        path = os.path.abspath(module)
        return _Target(os.path.splitext(os.path.basename(path))[0], os.path.dirname(path), path)
    if os.path.isdir(module) and (os.sep in module or "/" in module or module.startswith(".")):
        path = os.path.abspath(module)
        return _Target(os.path.basename(path), os.path.dirname(path), os.path.join(path, "__init__.py"))
    return _Target(module, None, None)


def _is_file(module: ModuleType, path: str) -> bool:
    file = module.__file__
    return file is not None and os.path.realpath(file) == os.path.realpath(path)


def _root(module: ModuleType) -> str:
    """The folder from which the module's top-level package was imported."""
    folder = os.path.dirname(os.path.abspath(module.__file__ or "."))
    levels = module.__name__.count(".") + (1 if hasattr(module, "__path__") else 0)
    for _ in range(levels):
        folder = os.path.dirname(folder)
    return folder


def _is_installed(file: str) -> bool:
    file = os.path.abspath(file)
    if is_bridge_file(file) or _INSTALLED & set(file.split(os.sep)):
        return True
    return any(file.startswith(os.path.join(folder, "")) for folder in _standard_library())


def _standard_library() -> Set[str]:
    import sysconfig

    return {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}


def _in_environment(file: str, root: str) -> bool:
    folder = os.path.dirname(file)
    while len(folder) > len(root):
        if os.path.exists(os.path.join(folder, "pyvenv.cfg")):
            return True
        folder = os.path.dirname(folder)
    return False
