"""A declared function, understood: its parameters, its result and its errors."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import (
    Any,
    Callable,
    Dict,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Tuple,
    Type,
    Union,
    cast,
)

from typedpool import docstrings, problems
from typedpool.context import Context
from typedpool.digest import sha256
from typedpool.docstrings import Docstring
from typedpool.host_functions import is_host
from typedpool.kinds.base import Kind
from typedpool.kinds.defaults import stated_default
from typedpool.kinds.namespaces import Namespaces, evaluate
from typedpool.kinds.records import Record
from typedpool.kinds.scalars import NULL
from typedpool.kinds.streamed import StreamOf, parameter_stream, result_stream
from typedpool.kinds.table import KindTable
from typedpool.locations import place_of_function
from typedpool.problems import Problem, Unsupported
from typedpool.raised_fields import fields_of
from typedpool.registry import Declared

_FIRST_DERIVED_CODE = 1000
_DERIVED_CODES = 1_000_000


class Parameter(NamedTuple):
    """One parameter that a caller may pass.

    Attributes:
        default: What stands in the schema as its default: empty, or one JSON value.
        required: Whether a caller has to pass it.
    """

    name: str
    kind: Kind
    description: str
    default: Sequence[Any]
    required: bool


class DeclaredError(NamedTuple):
    """An exception that callers are meant to catch.

    Attributes:
        fields: What callers receive of it beside its message, or None.
    """

    exception: Type[BaseException]
    code: int
    description: str
    fields: Optional[Record]

    @property
    def type(self) -> str:
        """The module-qualified name of the exception."""
        return qualified_name(self.exception)


class Command(NamedTuple):
    """A command.

    Attributes:
        context: The name of the parameter that takes the `Context`, or None.
        hosts: The parameters that take functions of the host: names with the classes that declare these.
        positional_only: What the function takes by position alone, in order: names with their defaults.
        deprecated: True, or the reason in words.
    """

    name: str
    function: Callable[..., Any]
    parameters: Tuple[Parameter, ...]
    context: Optional[str]
    hosts: Tuple[Tuple[str, type], ...]
    positional_only: Tuple[Tuple[str, Any], ...]
    result: Kind
    documentation: Docstring
    errors: Tuple[DeclaredError, ...]
    idempotent: bool
    deprecated: Union[bool, str]


def qualified_name(cls: type) -> str:
    """A class by module and name, like `builtins.ValueError`."""
    return f"{cls.__module__}.{cls.__qualname__}"


def understand(declared: Declared, table: KindTable, found: List[Problem]) -> Command:
    """Reads a function's signature and docstring.

    Args:
        declared: The marked function.
        table: Where the kinds of annotations come from.
        found: Receives whatever is wrong; the command is complete only where nothing was added.
    """
    reader = _SignatureReader(declared, table, found)
    reader.check_function()
    result = reader.result()
    parameters = tuple(reader.parameters(runs_on_loop=reader.is_async or (isinstance(result, StreamOf) and result.is_async)))
    declaration = declared.declaration
    return Command(
        declared.name,
        declared.function,
        parameters,
        reader.context,
        tuple(reader.hosts),
        reader.positional_only(),
        result,
        reader.documentation,
        tuple(reader.errors()),
        declaration.idempotent,
        declaration.deprecated,
    )


class _SignatureReader:
    def __init__(self, declared: Declared, table: KindTable, found: List[Problem]) -> None:
        self._declared = declared
        self._table = table
        self._found = found
        # A decorator below @command hides the function that the author wrote.
        self._written = cast(FunctionType, inspect.unwrap(declared.function))
        self._signature = inspect.signature(self._written)
        self._namespaces = _namespaces_of(self._written)
        is_async_generator = inspect.isasyncgenfunction(self._written)
        self._yields = is_async_generator or inspect.isgeneratorfunction(self._written)
        self.is_async = is_async_generator or inspect.iscoroutinefunction(self._written)
        self.documentation = docstrings.parse(self._written.__doc__)
        self.context: Optional[str] = None
        self.hosts: List[Tuple[str, type]] = []

    def check_function(self) -> None:
        name = self._declared.name
        if name.startswith("$/") or name.startswith("rpc."):
            self._report(problems.BAD_NAME, "names that begin with '$/' or 'rpc.' are taken. Choose another one.")

    def parameters(self, runs_on_loop: bool) -> Iterator[Parameter]:
        for parameter in self._signature.parameters.values():
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                instead = "list" if parameter.kind is parameter.VAR_POSITIONAL else "dict"
                text = f"a variable number of arguments cannot be described. Write one parameter that is a {instead}."
                self._report(problems.VARIADIC, text, parameter.name)
            elif parameter.annotation is parameter.empty:
                text = f"no annotation. Write e.g. {parameter.name}: str."
                self._report(problems.NOT_ANNOTATED, text, parameter.name)
            else:
                try:
                    annotation = evaluate(parameter.annotation, self._namespaces)
                    if is_host(annotation):
                        self.hosts.append((parameter.name, annotation))
                    elif annotation is not Context:
                        yield self._parameter(parameter, annotation, runs_on_loop)
                    elif self.context is None:
                        self.context = parameter.name
                except Unsupported as problem:
                    self._report(problem.id, problem.text, parameter.name)

    def positional_only(self) -> Tuple[Tuple[str, Any], ...]:
        every = self._signature.parameters.values()
        return tuple((each.name, each.default) for each in every if each.kind is each.POSITIONAL_ONLY)

    def result(self) -> Kind:
        annotation: Any = self._signature.return_annotation
        if annotation is inspect.Signature.empty:
            text = "no annotation of the result. Write e.g. -> str, or -> None where there is none."
            self._report(problems.NOT_ANNOTATED, text)
            return NULL
        try:
            annotation = evaluate(annotation, self._namespaces)
            stream = result_stream(annotation, self._yields, self.is_async, self._table, self._namespaces)
            if stream is not None:
                return stream
            if annotation is None or annotation is type(None):
                return NULL
            return self._table.kind(annotation, self._namespaces)
        except Unsupported as problem:
            self._report(problem.id, problem.text, "return")
            return NULL

    def errors(self) -> Iterator[DeclaredError]:
        codes: Dict[int, str] = {}
        for exception, given in self._declared.declaration.raises:
            if not _is_exception(exception):
                self._report(problems.BAD_RAISES, f"{exception!r} in raises is no exception class.")
                continue
            code = _derived_code(exception) if given is None else given
            if type(code) is not int or not 0 < code < 2**31:
                self._report(problems.BAD_RAISES, f"the code of {exception.__name__} must be a positive 32-bit int.")
                continue
            if code in codes:
                text = f"{codes[code]} and {exception.__name__} have the code {code}. Give one of them another."
                self._report(problems.BAD_RAISES, text)
                continue
            codes[code] = exception.__name__
            description = _described(self.documentation.raises, exception)
            yield DeclaredError(exception, code, description, fields_of(exception, self._table))

    def _parameter(self, parameter: inspect.Parameter, annotation: Any, runs_on_loop: bool) -> Parameter:
        stream = parameter_stream(annotation, runs_on_loop, self._table, self._namespaces)
        kind = self._table.kind(annotation, self._namespaces) if stream is None else stream
        required = parameter.default is parameter.empty
        default = () if required else stated_default(kind, parameter.default)
        description = self.documentation.parameters.get(parameter.name, "")
        return Parameter(parameter.name, kind, description, default, required)

    def _report(self, id: str, text: str, parameter: Optional[str] = None) -> None:
        where = f"command '{self._declared.name}'"
        if parameter is not None:
            where += ", result" if parameter == "return" else f", parameter '{parameter}'"
        self._found.append(Problem(place_of_function(self._written, parameter), id, f"{where}: {text}"))


def _is_exception(declared: Any) -> bool:
    return isinstance(declared, type) and issubclass(declared, BaseException)


def _derived_code(exception: Type[BaseException]) -> int:
    digest = sha256(qualified_name(exception).encode())
    return _FIRST_DERIVED_CODE + int.from_bytes(digest[:4], "big") % _DERIVED_CODES


def _described(raises: Mapping[str, str], exception: Type[BaseException]) -> str:
    for name in (exception.__name__, exception.__qualname__, qualified_name(exception)):
        if name in raises:
            return raises[name]
    return ""


def _namespaces_of(function: FunctionType) -> Namespaces:
    enclosing: Dict[str, Any] = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
        try:
            enclosing[name] = cell.cell_contents
        except ValueError:
            pass  # Not assigned yet.
    return (function.__globals__, enclosing)
