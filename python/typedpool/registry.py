"""The `@command` decorator and what it leaves on a function.

There is no list of commands anywhere: the decorator only marks the function, and collecting is a scan of the named
modules. Importing a module therefore changes nothing, and a test may import commands in any order.
"""

from __future__ import annotations

import inspect
from types import FunctionType, ModuleType
from typing import (
    Any,
    Callable,
    Collection,
    Dict,
    Iterable,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Tuple,
    Type,
    TypeVar,
    Union,
    cast,
    overload,
)

_MARK = "__typedpool_command__"
_START = "__typedpool_on_start__"
_STOP = "__typedpool_on_stop__"
_Function = TypeVar("_Function", bound=Callable[..., Any])

Raises = Union[Mapping[Type[BaseException], int], Collection[Type[BaseException]]]


class Declaration(NamedTuple):
    """What `@command(...)` was told.

    Attributes:
        name: The command's name, or None for the function's.
        idempotent: Whether a call may be repeated without harm.
        deprecated: True, or the reason in words.
        raises: Exception classes with their codes; None where the code follows from the class's name.
    """

    name: Optional[str]
    idempotent: bool
    deprecated: Union[bool, str]
    raises: Tuple[Tuple[Type[BaseException], Optional[int]], ...]


class Declared(NamedTuple):
    """A marked function, found in a module."""

    name: str
    function: Callable[..., Any]
    declaration: Declaration


class Hooks(NamedTuple):
    """Functions without arguments, in the order of their definition.

    Attributes:
        start: To be called before a worker is ready.
        stop: To be called, in reverse, when it leaves.
    """

    start: Tuple[Callable[[], Any], ...] = ()
    stop: Tuple[Callable[[], Any], ...] = ()

    @property
    def are_async(self) -> bool:
        """Whether any of them is `async def`."""
        return any(inspect.iscoroutinefunction(hook) for hook in self.start + self.stop)


def on_start(function: _Function, /) -> _Function:
    """Marks a function without parameters, `def` or `async def`, to be called in each worker before its first call.

    A worker is ready when all of them have returned, within the pool's `StartTimeout`; one that raises fails the start,
    and its traceback is told. What it leaves in the module is there for all calls on that worker.

    Raises:
        TypeError: What is marked is not a function, or takes arguments.
    """
    return _hook(function, _START, "on_start")


def on_stop(function: _Function, /) -> _Function:
    """Marks a function without parameters, `def` or `async def`, to be called in each worker that leaves in good order.

    The last one defined comes first. What it raises is printed, and the others are called all the same. A worker that
    dies or is killed calls none of them, and one that stops gives them what is left of the pool's `ShutdownTimeout`.

    Raises:
        TypeError: What is marked is not a function, or takes arguments.
    """
    return _hook(function, _STOP, "on_stop")


def hooks(modules: Iterable[ModuleType]) -> Hooks:
    """The marked hooks in the namespaces of `modules`, each once."""
    values = {id(value): value for module in modules for value in list(vars(module).values()) if inspect.isfunction(value)}
    return Hooks(
        tuple(value for value in values.values() if _START in value.__dict__),
        tuple(value for value in values.values() if _STOP in value.__dict__),
    )


def _hook(function: _Function, mark: str, name: str) -> _Function:
    marked: Any = function
    if not isinstance(marked, FunctionType):
        raise TypeError(f"@{name} marks functions, not {type(marked).__name__}. Write @{name} above a def.")
    if inspect.signature(marked).parameters:
        raise TypeError(f"@{name} marks functions without parameters. Take them out of {marked.__name__}.")
    setattr(marked, mark, True)
    return function


@overload
def command(function: _Function, /) -> _Function: ...


@overload
def command(
    *,
    name: Optional[str] = None,
    idempotent: bool = False,
    deprecated: Union[bool, str] = False,
    raises: Raises = (),
) -> Callable[[_Function], _Function]: ...


def command(
    function: Optional[Callable[..., Any]] = None,
    /,
    *,
    name: Optional[str] = None,
    idempotent: bool = False,
    deprecated: Union[bool, str] = False,
    raises: Raises = (),
) -> Any:
    """Marks a function as a command. The function itself stays as it is.

    Args:
        name: The command's name; the function's name by default.
        idempotent: Whether a call may be repeated without harm, for instance after a worker's crash.
        deprecated: True, or what callers should use instead.
        raises: The exceptions that callers are meant to catch: classes, or a dict from class to a positive code.

    Raises:
        TypeError: What is marked is not a function, or an argument has the wrong type.
    """
    declaration = Declaration(name, idempotent, deprecated, _declared_exceptions(raises))

    def mark(marked: Callable[..., Any]) -> Callable[..., Any]:
        if not isinstance(marked, FunctionType):
            raise TypeError(f"@command marks functions, not {type(marked).__name__}. Write @command above a def.")
        setattr(marked, _MARK, declaration)
        return marked

    return mark if function is None else mark(function)


def collect(modules: Iterable[ModuleType]) -> List[Declared]:
    """The commands in the namespaces of `modules`, in the order of their definition or import, each function once."""
    found: Dict[int, Declared] = {}
    for module in modules:
        for value in list(vars(module).values()):
            declaration = value.__dict__.get(_MARK) if inspect.isfunction(value) else None
            if isinstance(declaration, Declaration):
                found.setdefault(id(value), Declared(declaration.name or value.__name__, value, declaration))
    return list(found.values())


def _declared_exceptions(raises: Raises) -> Tuple[Tuple[Type[BaseException], Optional[int]], ...]:
    if isinstance(raises, Mapping):
        return tuple(cast(Mapping[Type[BaseException], int], raises).items())
    if isinstance(raises, type):
        raise TypeError(f"raises holds several exceptions. Write raises=[{raises.__name__}].")
    return tuple((exception, None) for exception in raises)
