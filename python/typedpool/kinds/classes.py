"""What a class of named fields declares: a dataclass, a NamedTuple, a TypedDict or a class of attrs."""

from __future__ import annotations

import dataclasses
import sys
import typing
from typing import Any, Callable, Dict, ForwardRef, Iterator, List, NamedTuple, Tuple, cast

MISSING: Any = dataclasses.MISSING

_MARKERS = ("Required", "NotRequired", "ReadOnly")
_EMPTY_FACTORIES: Tuple[Any, ...] = (list, dict, set, frozenset, tuple)


class Declaration(NamedTuple):
    """A field as its class declares it.

    Attributes:
        annotation: As it was written.
        owner: The class that wrote it, in whose module its names mean something.
        default: The default, an empty container where a factory makes one, or `MISSING`.
        optional: Whether the field need not be given.
        accepted: Whether it can be given at all.
        hashed: Whether the class hashes it.
    """

    name: str
    annotation: Any
    owner: type
    default: Any
    optional: bool
    accepted: bool
    hashed: bool


def is_record(cls: Any) -> bool:
    """Whether a class is one of named fields, each with an annotation."""
    if not isinstance(cls, type):
        return False
    return dataclasses.is_dataclass(cls) or is_named_tuple(cls) or is_typed_dict(cls) or is_attrs(cls)


def is_named_tuple(cls: Any) -> bool:
    """Whether a class is a NamedTuple; what `collections.namedtuple` makes has no annotations."""
    if not _is_a(cls, tuple) or not hasattr(cls, "_field_defaults"):
        return False
    names: Tuple[str, ...] = getattr(cls, "_fields")
    return len(_annotated(cls)) == len(names)


def is_attrs(cls: Any) -> bool:
    """Whether a class was made by attrs, which is never imported for that."""
    return hasattr(cls, "__attrs_attrs__")


def is_typed_dict(cls: Any) -> bool:
    """Whether a class is a TypedDict, of `typing` or of `typing_extensions`."""
    return _is_a(cls, dict) and hasattr(cls, "__total__") and hasattr(cls, "__required_keys__")


def declarations(cls: Any, evaluate: Callable[[Any, type], Any]) -> Iterator[Declaration]:
    """The fields of a class in their order, inherited ones included.

    Args:
        cls: The class.
        evaluate: An annotation of a class as an object; only `Required` and `NotRequired` need it here.
    """
    if dataclasses.is_dataclass(cls):
        return _of_dataclass(cls)
    if is_attrs(cls):
        return _of_attrs(cls)
    return _of_named_tuple(cls) if is_named_tuple(cls) else _of_typed_dict(cls, evaluate)


def init_only(cls: type) -> List[str]:
    """The names of what only a dataclass's constructor knows."""
    fields: Dict[str, Any] = getattr(cls, "__dataclass_fields__", {})
    return [name for name, field in fields.items() if getattr(field, "_field_type").name == "_FIELD_INITVAR"]


def unmarked(annotation: Any) -> Tuple[Any, List[str]]:
    """An annotation of a TypedDict without its markers, and these."""
    markers: List[str] = []
    while True:
        # By name: typing_extensions has markers of its own for Pythons that have none.
        name = getattr(typing.get_origin(annotation), "_name", None)
        if name not in _MARKERS:
            return annotation, markers
        markers.append(cast(str, name))
        annotation = annotation.__args__[0]


def original_bases(cls: type) -> Tuple[Any, ...]:
    """The bases as they were written, with their arguments."""
    return cast(Tuple[Any, ...], cls.__dict__.get("__orig_bases__", cls.__bases__))


def _of_dataclass(cls: Any) -> Iterator[Declaration]:
    hashes_fields = _has_generated_hash(cls)
    for field in dataclasses.fields(cls):
        factory: Any = field.default_factory
        default = factory() if factory in _EMPTY_FACTORIES else field.default
        optional = field.default is not MISSING or factory is not MISSING
        hashed = hashes_fields and (field.compare if field.hash is None else field.hash)
        yield Declaration(field.name, field.type, _writer(cls, field.name), default, optional, field.init, hashed)


def _of_attrs(cls: Any) -> Iterator[Declaration]:
    nothing: Any = getattr(sys.modules["attr"], "NOTHING")
    for field in getattr(cls, "__attrs_attrs__"):
        # A factory may want the object itself, and then tells no default.
        factory: Any = getattr(field.default, "factory", None) if type(field.default).__name__ == "Factory" else None
        default = MISSING if field.default is nothing or factory is not None else field.default
        if factory in _EMPTY_FACTORIES:
            default = cast(Any, factory)()
        annotation = MISSING if field.type is None else field.type
        hashed = getattr(cls, "__hash__") is not None and (field.eq if field.hash is None else field.hash)
        optional = field.default is not nothing
        yield Declaration(init_name(field), annotation, _writer(cls, field.name), default, optional, field.init, hashed)


def init_name(field: Any) -> str:
    """What a field of attrs is called by who makes the object: without the underscores of a private one, or its alias."""
    return getattr(field, "alias", None) or field.name.lstrip("_")


def _of_named_tuple(cls: Any) -> Iterator[Declaration]:
    defaults: Dict[str, Any] = getattr(cls, "_field_defaults")
    for name, annotation in _annotated(cls).items():
        owner = _writer(cls, name)
        yield Declaration(name, annotation, owner, defaults.get(name, MISSING), name in defaults, True, True)


def _of_typed_dict(cls: Any, evaluate: Callable[[Any, type], Any]) -> Iterator[Declaration]:
    required: "frozenset[str]" = getattr(cls, "__required_keys__")
    for name, annotation in _annotated(cls).items():
        owner = _writer_of_key(cls, name)
        optional = name not in required
        if isinstance(annotation, ForwardRef):
            # Python has not looked into what stood there as text, and so not seen what is marked.
            try:
                _, markers = unmarked(evaluate(annotation, owner))
                optional = "NotRequired" in markers or (optional and "Required" not in markers)
            except Exception:  # Whoever reads the field reports it.
                pass
        yield Declaration(name, annotation, owner, MISSING, optional, True, False)


def _is_a(cls: Any, base: type) -> bool:
    # Not as a guard: what it would know of the class, the type checker knows only in part.
    return issubclass(cls, base)


def _annotated(cls: Any) -> Dict[str, Any]:
    if not _is_a(cls, tuple):
        return getattr(cls, "__annotations__", {})
    names: Tuple[str, ...] = getattr(cls, "_fields")
    found = {name: vars(_writer(cls, name)).get("__annotations__", {}).get(name, MISSING) for name in names}
    return {} if MISSING in found.values() else found


def _writer(cls: type, field: str) -> type:
    return next((base for base in cls.__mro__ if field in base.__dict__.get("__annotations__", ())), cls)


def _writer_of_key(cls: type, key: str) -> type:
    # The keys of its bases stand among a TypedDict's own; its real bases are only dict.
    annotation = _annotated(cls)[key]
    for base in original_bases(cls):
        origin: Any = typing.get_origin(base) or base
        if isinstance(origin, type) and is_typed_dict(origin) and _annotated(origin).get(key, MISSING) is annotation:
            return _writer_of_key(origin, key)
    return cls


def _has_generated_hash(cls: type) -> bool:
    # What dataclasses writes has no file.
    code = getattr(getattr(cls, "__hash__"), "__code__", None)
    return code is not None and code.co_filename == "<string>"
