"""Which classes stand in a document, in which shapes and under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Iterator, List, Optional, Set, Tuple, Union, cast

from typedpool.commands import Command
from typedpool.kinds.base import ComponentNames, JsonObject, Kind, Shape
from typedpool.kinds.choices import EnumOf
from typedpool.kinds.records import Record
from typedpool.kinds.unions import UnionOf
from typedpool.locations import place_of_class
from typedpool.problems import TYPE_NAME_COLLIDES, ExportError, Problem
from typedpool.surface import Surface

if TYPE_CHECKING:
    from typedpool.kinds.pydantic_schemas import PydanticSchemas
    from typedpool.kinds.pydantic_types import PydanticType

_Component = Union[EnumOf, Record, UnionOf]
_Key = Tuple[_Component, Shape]


class Components(ComponentNames):
    """Decides which components there are, and how they are called.

    Raises:
        ExportError: Two classes cannot be told apart by name.
    """

    def __init__(self, surface: Surface) -> None:
        received = {kind for each in _received(surface) for kind in _reach(each)}
        sent = {kind for each in _sent(surface) for kind in _reach(each)}
        self._two_shapes = {kind for kind in received & sent if any(map(_differs, _inside(kind)))}
        self._sent = sent
        self._names: Dict[_Key, str] = {}
        keys = [(kind, Shape.OUTPUT) for kind in received | sent if kind in sent or isinstance(kind, EnumOf)]
        keys += [
            (kind, Shape.INPUT)
            for kind in received
            if not isinstance(kind, EnumOf) and (kind not in sent or kind in self._two_shapes)
        ]
        self._assign(keys)
        # What pydantic says has to know our components, and they what it says: until then it has said nothing.
        self._pydantic: Optional[PydanticSchemas] = None
        self._pydantic = self._foreign(surface)

    def reference(self, component: Kind, shape: Shape) -> JsonObject:
        if component.is_foreign:
            return {} if self._pydantic is None else self._pydantic.schema(cast("PydanticType", component), shape)
        return {"$ref": "#/components/schemas/" + self._names[self._key(cast(_Component, component), shape)]}

    def notes(self) -> Iterator[str]:
        """A sentence for each class that is two types in C#, and why."""
        for kind in sorted(self._two_shapes, key=lambda kind: self._names[kind, Shape.OUTPUT]):
            if not isinstance(kind, Record):
                continue
            names = self._names[kind, Shape.OUTPUT], self._names[kind, Shape.INPUT]
            absent = [f"'{field.name}'" for field in kind.differences() if field.accepted]
            computed = [f"'{field.name}'" for field in kind.differences() if not field.accepted]
            inner = sorted(each.name for each in _directly(kind) & self._two_shapes)
            why = [", ".join(absent) + " may be left out"] if absent else []
            why += [", ".join(computed) + " cannot be given"] if computed else []
            why = why or ["it contains " + ", ".join(inner)]
            yield f"class {names[0]} is {names[1]} where it is sent to Python: {' and '.join(why)}"

        for name in [] if self._pydantic is None else self._pydantic.split:
            yield f"class {name} is {name}Input where it is sent to Python: pydantic takes another shape than it writes"

    def schemas(self) -> JsonObject:
        """The schemas of all components by name, in the order of their names."""
        own = {name: self._schema(key) for key, name in self._names.items()}
        foreign = {} if self._pydantic is None else self._pydantic.components
        return dict(sorted({**own, **foreign}.items()))

    def _foreign(self, surface: Surface) -> Optional[PydanticSchemas]:
        kinds = [(each, Shape.INPUT) for each in _received(surface)]
        kinds += [(each, Shape.OUTPUT) for each in _sent(surface)]
        uses = [(use, shape) for kind, shape in kinds for use in _inside(kind) if use.is_foreign]
        if not uses:
            return None
        from typedpool.kinds.pydantic_schemas import PydanticSchemas

        own = {name: self._schema(key) for key, name in self._names.items()}
        return PydanticSchemas(cast("List[Tuple[PydanticType, Shape]]", list(dict.fromkeys(uses))), own)

    def _schema(self, key: _Key) -> JsonObject:
        kind, shape = key
        return kind.component() if isinstance(kind, EnumOf) else kind.component(shape, self)

    def _key(self, kind: _Component, shape: Shape) -> _Key:
        if shape is Shape.INPUT and not isinstance(kind, EnumOf) and kind in self._sent and kind not in self._two_shapes:
            return kind, Shape.OUTPUT
        # What is only ever received has no other shape to be compared with.
        return (kind, shape) if (kind, shape) in self._names else (kind, Shape.INPUT)

    def _simple(self, key: _Key) -> str:
        kind, shape = key
        return kind.name + ("Input" if shape is Shape.INPUT and kind in self._two_shapes else "")

    def _assign(self, keys: List[_Key]) -> None:
        claimed: Dict[str, List[_Key]] = {}
        for key in keys:
            claimed.setdefault(self._simple(key), []).append(key)
        for simple, claimants in claimed.items():
            for key in claimants:
                self._names[key] = simple if len(claimants) == 1 else f"{key[0].cls.__module__}.{simple}"
        self._refuse_equal_names()

    def _refuse_equal_names(self) -> None:
        owners: Dict[str, _Component] = {}
        problems: List[Problem] = []
        for (kind, _), name in self._names.items():
            other = owners.setdefault(name, kind)
            if other is not kind:
                place = place_of_class(other.cls)
                text = f"class '{kind.cls.__name__}': {place} is described as '{name}' too. Rename one."
                problems.append(Problem(place_of_class(kind.cls), TYPE_NAME_COLLIDES, text))
        if problems:
            raise ExportError(problems)


def _received(surface: Surface) -> Iterator[Kind]:
    for command in surface.commands:
        yield from (each.kind for each in command.parameters)
    for host in surface.hosts:
        yield from host.received()


def _sent(surface: Surface) -> Iterator[Kind]:
    for command in surface.commands:
        yield from _returned(command)
    for host in surface.hosts:
        yield from host.sent()


def _returned(command: Command) -> Iterator[Kind]:
    yield command.result
    for error in command.errors:
        if error.fields is not None:
            yield from error.fields.children()


def _is_component(kind: Kind) -> bool:
    return isinstance(kind, (EnumOf, Record)) or (isinstance(kind, UnionOf) and bool(kind.name))


def _directly(kind: Kind) -> Set[_Component]:
    """The components in a kind's children, but not those inside these."""
    found: Set[_Component] = set()
    waiting = list(kind.children())
    while waiting:
        child = waiting.pop()
        if _is_component(child):
            found.add(cast(_Component, child))
        else:
            waiting.extend(child.children())
    return found


def _reach(kind: Kind) -> Set[_Component]:
    """The components that a kind uses, directly and indirectly, itself included."""
    return {cast(_Component, each) for each in _inside(kind) if _is_component(each)}


def _inside(kind: Kind) -> List[Kind]:
    """A kind and all that it uses, directly and indirectly."""
    found: Dict[Kind, None] = {}
    waiting = [kind]
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found[kind] = None
            waiting.extend(kind.children())
    return list(found)


def _differs(kind: Kind) -> bool:
    if kind.is_foreign:
        from typedpool.kinds.pydantic_schemas import has_two_shapes

        return has_two_shapes(cast("PydanticType", kind))
    return isinstance(kind, Record) and bool(kind.differences())
