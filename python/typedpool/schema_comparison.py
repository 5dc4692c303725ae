"""The differences of two schemas, each as the alternatives that it allows."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Dict, List, Optional, Set, Tuple, cast

from typedpool.alternatives import ANY, NULL, Alternative, Schemas, listed, pair
from typedpool.bounds import bound_keywords, bounds, factor, form
from typedpool.findings import ABSENT, Findings, Place, shown
from typedpool.kinds.base import JsonObject
from typedpool.telling_apart import own_members

# Keywords that allow less the more of them there are.
_CONSTRAINTS = ("pattern", "uniqueItems", "not", "contains", "dependentRequired")
_COMPARED = {
    "type", "enum", "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "items",
    "prefixItems", "default", "anyOf", "oneOf", "$ref", "x-flags", "x-ndarray",
}  # fmt: skip
_ANY_KEY = {"type": "string"}
_WORDS = {"title", "description", "examples", "deprecated", "$comment", "x-enumNames", "discriminator"}


class SchemaComparison:
    """Compares schemas of two contracts.

    Args:
        old: The components that callers know.
        new: Those that are served.
        findings: Is told the differences.
    """

    def __init__(self, old: Schemas, new: Schemas, findings: Findings) -> None:
        self._old = old
        self._new = new
        self._tell = findings.tell
        self._seen: Set[Tuple[str, str, bool]] = set()
        self._open: Set[Tuple[str, str, bool]] = set()

    def schema(self, place: Place, old: Any, new: Any) -> None:
        """Compares two schemas."""
        # A union that contains itself leads back here: its alternatives do not tell that they are part of it.
        key = shown(old), shown(new), place.sent
        if key not in self._open:
            self._open.add(key)
            self._schemas(place, old, new)
            self._open.discard(key)

    def default(self, place: Place, had: bool, has: bool, before: Any, after: Any) -> None:
        """Compares the defaults of two schemas, where a value was and is not required."""
        if not had and not has:
            old, new = _default_of(before), _default_of(after)
            if old is not new and (old is ABSENT or new is ABSENT or shown(old) != shown(new)):
                self._tell(place, "default changed", *("computed" if value is ABSENT else shown(value) for value in (old, new)))

    def required(self, place: Place, what: str, had: bool, has: bool) -> None:
        """Compares whether a value is required."""
        if had != has:
            self._tell(place, f"{what} now required" if has else f"{what} no longer required")

    def _schemas(self, place: Place, old: Any, new: Any) -> None:
        known, served = self._old.alternatives(old), self._new.alternatives(new)
        paired, removed, added = pair(known, served)
        signs = {} if place.sent else own_members(known, self._old)
        for before, after in paired:
            self._alternative(place, before, after)
            self._signs(place, before, after, [sign for sign, owner in signs.items() if owner is not before])
        for alternative in removed:
            if alternative.schema == NULL:
                self._tell(place, "null no longer allowed")
            elif _is_counted_in(alternative, served):
                self._tell(place, "alternative no longer told apart", old=alternative.shown)
            else:
                self._tell(place, "alternative removed", old=alternative.shown)
        for alternative in added:
            if alternative.schema == NULL:
                self._tell(place, "null allowed")
            elif _is_counted_in(alternative, known):
                self._tell(place, "alternative told apart", new=alternative.shown)
            else:
                self._tell(place, "alternative added", new=alternative.shown)

    def _signs(self, place: Place, old: Alternative, new: Alternative, signs: List[str]) -> None:
        for sign in signs:
            if sign not in old.schema.get("properties", {}) and sign in new.schema.get("properties", {}):
                subject = place if not new.name else Place(f"type '{new.name}'", "", place.sent)
                self._tell(subject / sign, "field added by which another type is known")

    def _alternative(self, place: Place, old: Alternative, new: Alternative) -> None:
        before, after = old.schema, new.schema
        if old.name or new.name:
            key = (shown([old.name or str(place), before]), shown([new.name or str(place), after]), place.sent)
            if key in self._seen:
                return
            self._seen.add(key)
            if old.name != new.name:
                self._tell(place, "another name", old.name or "in place", new.name or "in place")
            if old.name and new.name:
                place = Place(f"type '{new.name}'", "", place.sent)
        if before == after and not old.name and "$ref" not in json.dumps(before):
            return
        if before == ANY or after == ANY:
            self._any(place, old, new)
        elif "x-ndarray" in before and "x-ndarray" in after:
            self._ndarray(place, before["x-ndarray"], after["x-ndarray"])
        elif not self._types_fit(place, before.get("type"), after.get("type")):
            self._tell(place, "another type", old.shown, new.shown)
        else:
            self._values(place, before, after)
            self._object(place, before, after)
            self._array(place, before, after)
            self._bounds(place, before, after)
            self._keywords(place, before, after)

    def _any(self, place: Place, old: Alternative, new: Alternative) -> None:
        if old.schema == new.schema:
            return
        attaches = self._old.attaches(old.schema) or self._new.attaches(new.schema)
        # Where any value may stand, nothing stands for what travels beside the message.
        if attaches and (new.schema == ANY) is place.sent:
            self._tell(place, "another form", old.shown, new.shown)
        else:
            self._tell(place, "any value allowed" if new.schema == ANY else "no longer any value", old.shown, new.shown)

    def _types_fit(self, place: Place, old: Optional[str], new: Optional[str]) -> bool:
        if (old, new) == ("integer", "number"):
            self._tell(place, "a number instead of an integer")
        elif (old, new) == ("number", "integer"):
            self._tell(place, "an integer instead of a number")
        else:
            return old == new
        return True

    def _values(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        before, after = _values_of(old), _values_of(new)
        if before is None and after is None:
            return
        if before is not None and after is not None and ("x-flags" in old) != ("x-flags" in new):
            self._tell(place, "another form", *({"x-flags": each} if "x-flags" in schema else {"enum": each} for each, schema in ((before, old), (after, new))))
        elif before is None or after is None:
            self._tell(place, "values now listed" if before is None else "values no longer listed", before or "", after or "")
        else:
            known, served = [shown(value) for value in before], [shown(value) for value in after]
            for value in known:
                if value not in served:
                    self._tell(place, "value removed", value)
            for value in served:
                if value not in known:
                    self._tell(place, "value added", new=value)

    def _object(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        before, after = cast(Dict[str, Any], old.get("properties", {})), cast(Dict[str, Any], new.get("properties", {}))
        had, has = set(cast(List[str], old.get("required", []))), set(cast(List[str], new.get("required", [])))
        others, others_now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        for name in [*before, *(name for name in after if name not in before)]:
            member = place / name
            if name not in after and place.sent and isinstance(others_now, dict):
                self.schema(member, before[name], others_now)  # It is one of the members of a map.
            elif name not in after:
                self._tell(member, f"{'required' if name in had else 'optional'} field removed")
            elif name not in before:
                self._tell(member, f"{'required' if name in has else 'optional'} field added")
                if isinstance(others, dict):  # Callers know it as one of the members of a map.
                    self.schema(member, others, after[name])
            else:
                self.required(member, "field", name in had, name in has)
                self.default(member, name in had, name in has, before[name], after[name])
                self.schema(member, before[name], after[name])
        self._keys(place, old.get("propertyNames"), new.get("propertyNames"))
        patterns, patterns_now = old.get("patternProperties", {}), new.get("patternProperties", {})
        for pattern in sorted({*patterns} & {*patterns_now}):
            self.schema(place / f"({pattern})", patterns[pattern], patterns_now[pattern])
        if {*patterns} != {*patterns_now}:
            self._tell(place, "another form", {"patternProperties": sorted(patterns)}, {"patternProperties": sorted(patterns_now)})
        elif others is not False and others_now is not False:
            self.schema(place / "*", others, others_now)
        elif others != others_now:
            self._tell(place, "other members no longer allowed" if others_now is False else "other members allowed")

    def _keys(self, place: Place, old: Any, new: Any) -> None:
        had, has = _key(old), _key(new)
        if had == _ANY_KEY or has == _ANY_KEY:
            # Any text takes a number's, too.
            if had != has:
                self._tell(place, "constraint removed" if has == _ANY_KEY else "constraint added", *(ABSENT if key == _ANY_KEY else {"propertyNames": key} for key in (had, has)))
        else:
            self.schema(place / "(keys)", had, has)

    def _array(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        before, after = cast(List[Any], old.get("prefixItems", [])), cast(List[Any], new.get("prefixItems", []))
        others, others_now = old.get("items", True), new.get("items", True)
        if bool(before) != bool(after) and (others if after else others_now) is not False:
            # One is a tuple, and the other a list: of this, each item is as the others.
            for index in range(len(before or after)):
                self.schema(place / str(index), before[index] if before else others, after[index] if after else others_now)
            self._tell(place, "length now fixed" if after else "length no longer fixed")
            return
        for index, (item, item_now) in enumerate(zip(before, after)):
            self.schema(place / str(index), item, item_now)
        if len(before) != len(after) or (others is False) != (others_now is False):
            self._tell(place, "another length", len(before), len(after))
        elif others is not False:
            self.schema(place / "*", others, others_now)

    def _ndarray(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        """Compares arrays of NumPy: None, for a shape or for one of its lengths, is any."""
        had, has = cast(Optional[List[Any]], old.get("shape")), cast(Optional[List[Any]], new.get("shape"))
        if old.get("dtype") != new.get("dtype"):
            self._tell(place, "another form", old.get("dtype", ""), new.get("dtype", ""))
        elif had != has:
            rule = "bound widened" if _fits_in(had, has) else "bound narrowed" if _fits_in(has, had) else "another length"
            self._tell(place, rule, *(ABSENT if shape is None else f"shape {shown(shape)}" for shape in (had, has)))

    def _bounds(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        if form(old) and form(new) and form(old) != form(new):
            return
        if _values_of(old) is not None or _values_of(new) is not None:
            self._listed_within(place, old, new)
            return
        implied = old.get("type") == new.get("type")
        before, after = bounds(old, implied), bounds(new, implied)
        for name in sorted({*before, *after}):
            had, has = before.get(name), after.get(name)
            if had != has and (had is None or has is None or not had.is_same(has)):
                wider = has is None or (had is not None and has.allows(had))
                told = (ABSENT if had is None else f"{name} {had}", ABSENT if has is None else f"{name} {has}")
                self._tell(place, "bound widened" if wider else "bound narrowed", *told)
        factors = factor(old), factor(new)
        if factors[0] != factors[1]:
            narrower, wider = _divides(*factors), _divides(*reversed(factors))
            rule = "constraint added" if narrower else "constraint removed" if wider else "another constraint"
            self._tell(place, rule, *(ABSENT if each is None else f"a multiple of {each}" for each in factors))

    def _listed_within(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        """Values that are listed are held against the bounds of the other side."""
        before, after = _extremes(old), _extremes(new)
        if before is not None and after is None:
            values, limiting, rule = before, new, "bound narrowed"
        elif after is not None and before is None:
            values, limiting, rule = after, old, "bound widened"
        else:
            return
        limits, divisor = bounds(limiting), factor(limiting)
        for value in values:
            for name, limit in limits.items():
                # The bounds of a text are those of its format, which is a difference of its own.
                is_text, is_length = isinstance(value, str), name.endswith("Length")
                if is_text is is_length and not limit.lets_through(len(value) if is_text else value):
                    self._tell(place, rule, shown(value), f"{name} {limit}")
            if divisor is not None and not isinstance(value, str) and Decimal(str(value)) % divisor != 0:
                self._tell(place, rule, shown(value), f"a multiple of {divisor}")

    def _keywords(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        if form(old) != form(new):
            rule = "format added" if not form(old) else "format removed" if not form(new) else "another form"
            rule = "another form" if "base64url" in (form(old), form(new)) else rule
            self._tell(place, rule, *(ABSENT if form(each) is None else {"format": form(each)} for each in (old, new)))
        if _is_single(old) != _is_single(new):
            self._tell(place, "constraint added" if _is_single(new) else "constraint removed", *({"format": "float"} if _is_single(each) else ABSENT for each in (old, new)))
        skipped = _COMPARED | _WORDS | (bound_keywords(old) & bound_keywords(new))
        for name in sorted({*old, *new} - skipped):
            had, has = old.get(name, ABSENT), new.get(name, ABSENT)
            rule = "another form"
            if had == has:
                # What it leads to may be another.
                if self._old.closure(had) != self._new.closure(has):
                    self._tell(place, rule, {name: had})
                continue
            if name == "x-packed" and ABSENT in (had, has):
                rule = "numbers now packed" if had is ABSENT else "numbers no longer packed"
            elif name in _CONSTRAINTS:
                rule = "constraint added" if had in (ABSENT, False) else "constraint removed" if has in (ABSENT, False) else "another constraint"
            self._tell(place, rule, *({name: value} if value is not ABSENT else ABSENT for value in (had, has)))


def _is_counted_in(alternative: Alternative, others: List[Alternative]) -> bool:
    """Whether another one takes it, too: any number takes an integer, and any text one of a format."""
    type = alternative.schema.get("type")
    takers = ("integer", "number") if type == "integer" else (type,)
    is_alike = type in ("string", "integer") and "contentEncoding" not in alternative.schema
    return is_alike and any(each.schema == {"type": taker} for each in others for taker in takers)


def _values_of(schema: JsonObject) -> Optional[List[Any]]:
    if "x-flags" not in schema:
        return listed(schema)
    mask = 0
    for flag in cast(List[int], schema["x-flags"]):
        mask |= flag
    return [1 << bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def _extremes(schema: JsonObject) -> Optional[List[Any]]:
    """The listed values; of flags, whose combinations they are, the smallest and the largest, too."""
    values = _values_of(schema)
    return [0, *values, sum(values)] if values is not None and "x-flags" in schema else values


def _key(names: Any) -> Any:
    """The schema of a map's keys."""
    if not isinstance(names, dict):
        return _ANY_KEY
    members = cast(JsonObject, names)
    return members["x-key"] if "x-key" in members else members if "$ref" in members else {"type": "string", **members}


def _fits_in(shape: Optional[List[Any]], other: Optional[List[Any]]) -> bool:
    if shape is None or other is None:
        return other is None
    return len(shape) == len(other) and all(allowed is None or length == allowed for length, allowed in zip(shape, other))


def _divides(factor: Any, multiple: Any) -> bool:
    """Whether whatever is a multiple of one is a multiple of the other."""
    return factor is None or (multiple is not None and multiple % factor == 0)


def _is_single(schema: JsonObject) -> bool:
    return schema.get("type") == "number" and schema.get("format") == "float"


def _default_of(schema: Any) -> Any:
    return cast(JsonObject, schema).get("default", ABSENT) if isinstance(schema, dict) else ABSENT
