"""Which classes stand in a document, in which shapes and under which names."""

from __future__ import annotations

from typing import Dict, List, Set, Tuple, Union

from typedpool.kinds.base import ComponentNames, JsonObject, Kind, Shape
from typedpool.kinds.choices import EnumOf
from typedpool.kinds.records import Record
from typedpool.locations import place_of_class
from typedpool.problems import TYPE_NAME_COLLIDES, ExportError, Problem
from typedpool.surface import Surface

_Key = Tuple[type, Shape]
_Component = Union[EnumOf, Record]


class Components(ComponentNames):
    """Decides which components there are, and how they are called.

    Raises:
        ExportError: Two classes cannot be told apart by name.
    """

    def __init__(self, surface: Surface) -> None:
        received = {kind for command in surface.commands for each in command.parameters for kind in _reach(each.kind)}
        sent = {kind for command in surface.commands for kind in _reach(command.result)}
        self._two_shapes = {
            kind
            for kind in received & sent
            if any(isinstance(inner, Record) and inner.has_two_shapes() for inner in _reach(kind))
        }
        self._sent = sent
        self._kinds = surface.components
        self._names: Dict[_Key, str] = {}
        keys = [(kind.cls, Shape.OUTPUT) for kind in received | sent if kind in sent or isinstance(kind, EnumOf)]
        keys += [
            (kind.cls, Shape.INPUT)
            for kind in received
            if isinstance(kind, Record) and (kind not in sent or kind in self._two_shapes)
        ]
        self._assign(keys)

    def reference(self, cls: type, shape: Shape) -> JsonObject:
        return {"$ref": "#/components/schemas/" + self._names[self._key(cls, shape)]}

    def schemas(self) -> JsonObject:
        """The schemas of all components by name, in the order of their names."""
        by_name = {name: key for key, name in self._names.items()}
        return {name: self._schema(by_name[name]) for name in sorted(by_name)}

    def _schema(self, key: _Key) -> JsonObject:
        cls, shape = key
        kind = self._kinds[cls]
        return kind.component(shape, self) if isinstance(kind, Record) else kind.component()

    def _key(self, cls: type, shape: Shape) -> _Key:
        kind = self._kinds[cls]
        if shape is Shape.INPUT and isinstance(kind, Record) and kind in self._sent and kind not in self._two_shapes:
            return cls, Shape.OUTPUT
        return cls, shape

    def _simple(self, key: _Key) -> str:
        cls, shape = key
        both = shape is Shape.INPUT and self._kinds[cls] in self._two_shapes
        return cls.__name__ + ("Input" if both else "")

    def _assign(self, keys: List[_Key]) -> None:
        claimed: Dict[str, List[_Key]] = {}
        for key in keys:
            claimed.setdefault(self._simple(key), []).append(key)
        for simple, claimants in claimed.items():
            for key in claimants:
                self._names[key] = simple if len(claimants) == 1 else f"{key[0].__module__}.{simple}"
        self._refuse_equal_names()

    def _refuse_equal_names(self) -> None:
        owners: Dict[str, type] = {}
        problems: List[Problem] = []
        for (cls, _), name in self._names.items():
            other = owners.setdefault(name, cls)
            if other is not cls:
                text = f"class '{cls.__name__}': {place_of_class(other)} is described as '{name}' too. Rename one."
                problems.append(Problem(place_of_class(cls), TYPE_NAME_COLLIDES, text))
        if problems:
            raise ExportError(problems)


def _reach(kind: Kind) -> Set[_Component]:
    """The components that a kind uses, directly and indirectly, itself included."""
    found: Set[_Component] = set()
    waiting = [kind]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, (EnumOf, Record)):
            if kind in found:
                continue
            found.add(kind)
        waiting.extend(kind.children())
    return found
