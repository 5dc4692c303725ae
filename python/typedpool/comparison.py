"""The differences of two contracts, each judged by the rules in `changes`."""

from __future__ import annotations

import json
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple, cast

from typedpool.alternatives import ANY, NULL, Alternative, Schemas, pair
from typedpool.bounds import bound_keywords, bounds
from typedpool.changes import RULES, Difference
from typedpool.kinds.base import JsonObject

_LONGEST_SHOWN = 60
_ABSENT = object()

# Keywords that allow less the more of them there are.
_CONSTRAINTS = ("pattern", "multipleOf", "uniqueItems", "propertyNames", "not", "contains", "dependentRequired")
_COMPARED = {
    "type", "enum", "const", "properties", "required", "additionalProperties", "items", "prefixItems", "default",
    "anyOf", "oneOf", "$ref",
}  # fmt: skip
_WORDS = {"title", "description", "examples", "deprecated", "$comment", "x-enumNames", "discriminator"}


class _Place(NamedTuple):
    """Where the comparison stands."""

    subject: str
    path: str
    sent: bool

    def __truediv__(self, step: str) -> _Place:
        return self._replace(path=f"{self.path}/{step}")

    def __str__(self) -> str:
        return f"{self.subject} at {self.path}" if self.path else self.subject


def differences(old: JsonObject, new: JsonObject) -> List[Difference]:
    """What differs between two contracts.

    Args:
        old: The reduced document that callers know; see `contract.reduced`.
        new: The reduced document that is served.

    Returns:
        Breaking ones first. One that stands both in what is sent and in what is returned is told once.
    """
    comparison = _Comparison(Schemas(old["schemas"]), Schemas(new["schemas"]))
    before, after = cast(Dict[str, JsonObject], old["methods"]), cast(Dict[str, JsonObject], new["methods"])
    for name in sorted({*before, *after}):
        place = _Place(f"command '{name}'", "", True)
        if name not in after:
            comparison.tell(place, "command removed")
        elif name not in before:
            comparison.tell(place, "command added")
        else:
            comparison.command(place, before[name], after[name])
    comparison.hosts(old.get("hosts", {}), new.get("hosts", {}))
    if not comparison.found and old != new:
        comparison.tell(_Place("the contract", "", True), "something else")
    return sorted(comparison.found.values(), key=lambda difference: not difference.breaking)


class _Comparison:
    def __init__(self, old: Schemas, new: Schemas) -> None:
        self._old = old
        self._new = new
        self._seen: Set[Tuple[str, str, bool]] = set()
        self._open: Set[Tuple[str, str, bool]] = set()
        self.found: Dict[Tuple[str, str, str, str], Difference] = {}

    def tell(self, place: _Place, change: str, old: Any = _ABSENT, new: Any = _ABSENT) -> None:
        verdict = RULES[change].sent if place.sent else RULES[change].returned
        difference = Difference(str(place), change, _shown(old), _shown(new), verdict.breaking, verdict.why)
        key = difference[:4]
        if key not in self.found or verdict.breaking:
            self.found[key] = difference

    def command(self, place: _Place, old: JsonObject, new: JsonObject) -> None:
        if old.get("idempotent") != new.get("idempotent"):
            self.tell(place, "now idempotent" if new.get("idempotent") else "no longer idempotent")
        self._streaming(place._replace(subject=f"{place.subject}, result"), "result", old, new)
        self._parameters(place, old["params"], new["params"])
        self.schema(place._replace(subject=f"{place.subject}, result", sent=False), old["result"], new["result"])
        self._errors(place, _by_type(old["errors"]), _by_type(new["errors"]))
        for name in sorted({*old, *new} - {"params", "result", "errors", "idempotent", "streaming"}):
            if old.get(name) != new.get(name):
                self.tell(place / name, "something else", old.get(name, _ABSENT), new.get(name, _ABSENT))

    def hosts(self, old: Dict[str, Dict[str, JsonObject]], new: Dict[str, Dict[str, JsonObject]]) -> None:
        """Compares what the host implements: it is sent the parameters, and returns the results."""
        had = {f"{host}.{name}": function for host, functions in old.items() for name, function in functions.items()}
        has = {f"{host}.{name}": function for host, functions in new.items() for name, function in functions.items()}
        for name in sorted({*had, *has}):
            place = _Place(f"host function '{name}'", "", True)
            if name not in has or name not in had:
                self.tell(place, "host function removed" if name in had else "host function added")
                continue
            self.schema(place._replace(subject=f"{place.subject}, parameters", sent=False), had[name]["params"], has[name]["params"])
            self.schema(place._replace(subject=f"{place.subject}, result"), had[name]["result"], has[name]["result"])

    def _parameters(self, command: _Place, old: Dict[str, JsonObject], new: Dict[str, JsonObject]) -> None:
        for name in [*old, *(name for name in new if name not in old)]:
            place = command._replace(subject=f"{command.subject}, parameter '{name}'")
            if name not in new:
                self.tell(place, "parameter removed")
            elif name not in old:
                self.tell(place, f"{'required' if new[name]['required'] else 'optional'} parameter added")
            else:
                self._required(place, "parameter", old[name]["required"], new[name]["required"])
                self._streaming(place, "parameter", old[name], new[name])
                self._default(place, old[name], new[name], old[name]["schema"], new[name]["schema"])
                self.schema(place, old[name]["schema"], new[name]["schema"])

    def _errors(self, command: _Place, old: Dict[str, JsonObject], new: Dict[str, JsonObject]) -> None:
        for type in sorted({*old, *new}):
            place = command._replace(subject=f"{command.subject}, exception '{type}'", sent=False)
            if type not in new or type not in old:
                self.tell(place, "exception removed" if type in old else "exception added")
                continue
            if old[type]["code"] != new[type]["code"]:
                self.tell(place, "code of the exception changed", old[type]["code"], new[type]["code"])
            self.schema(place, old[type]["fields"], new[type]["fields"])

    def schema(self, place: _Place, old: Any, new: Any) -> None:
        """Compares two schemas, each as the alternatives that it allows."""
        # A union that contains itself leads back here: its alternatives do not tell that they are part of it.
        key = json.dumps(old, sort_keys=True), json.dumps(new, sort_keys=True), place.sent
        if key not in self._open:
            self._open.add(key)
            self._schemas(place, old, new)
            self._open.discard(key)

    def _schemas(self, place: _Place, old: Any, new: Any) -> None:
        paired, removed, added = pair(self._old.alternatives(old), self._new.alternatives(new))
        for before, after in paired:
            self._alternative(place, before, after)
        for alternative in removed:
            if alternative.schema == NULL:
                self.tell(place, "null no longer allowed")
            else:
                self.tell(place, "alternative removed", old=alternative.shown)
        for alternative in added:
            if alternative.schema == NULL:
                self.tell(place, "null allowed")
            else:
                self.tell(place, "alternative added", new=alternative.shown)

    def _alternative(self, place: _Place, old: Alternative, new: Alternative) -> None:
        if old.name or new.name:
            key = (old.name or str(place), new.name or str(place), place.sent)
            if key in self._seen:
                return
            self._seen.add(key)
            if old.name != new.name:
                self.tell(place, "another name", old.name or "in place", new.name or "in place")
            if old.name and new.name:
                place = _Place(f"type '{new.name}'", "", place.sent)
        before, after = old.schema, new.schema
        if before == after and not old.name and "$ref" not in json.dumps(before):
            return
        if before == ANY or after == ANY:
            if before != after:
                self.tell(place, "any value allowed" if after == ANY else "no longer any value", old.shown, new.shown)
        elif not self._types_fit(place, before.get("type"), after.get("type")):
            self.tell(place, "another type", old.shown, new.shown)
        else:
            self._values(place, before, after)
            self._object(place, before, after)
            self._array(place, before, after)
            self._bounds(place, before, after)
            self._keywords(place, before, after)

    def _types_fit(self, place: _Place, old: Optional[str], new: Optional[str]) -> bool:
        if (old, new) == ("integer", "number"):
            self.tell(place, "a number instead of an integer")
        elif (old, new) == ("number", "integer"):
            self.tell(place, "an integer instead of a number")
        else:
            return old == new
        return True

    def _values(self, place: _Place, old: JsonObject, new: JsonObject) -> None:
        before, after = _listed(old), _listed(new)
        if before is None and after is None:
            return
        if before is None or after is None:
            self.tell(place, "values now listed" if before is None else "values no longer listed", before or "", after or "")
            return
        for value in before:
            if value not in after:
                self.tell(place, "value removed", _json(value))
        for value in after:
            if value not in before:
                self.tell(place, "value added", new=_json(value))

    def _object(self, place: _Place, old: JsonObject, new: JsonObject) -> None:
        before, after = cast(Dict[str, Any], old.get("properties", {})), cast(Dict[str, Any], new.get("properties", {}))
        had, has = set(cast(List[str], old.get("required", []))), set(cast(List[str], new.get("required", [])))
        others, others_now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        for name in [*before, *(name for name in after if name not in before)]:
            member = place / name
            if name not in after:
                self.tell(member, f"{'required' if name in had else 'optional'} field removed")
            elif name not in before:
                self.tell(member, f"{'required' if name in has else 'optional'} field added")
                if isinstance(others, dict):  # Callers know it as one of the members of a map.
                    self.schema(member, others, after[name])
            else:
                self._required(member, "field", name in had, name in has)
                self._default(member, {"required": name in had}, {"required": name in has}, before[name], after[name])
                self.schema(member, before[name], after[name])
        if others is not False and others_now is not False:
            self.schema(place / "*", others, others_now)
        elif others != others_now:
            self.tell(place, "other members no longer allowed" if others_now is False else "other members allowed")

    def _array(self, place: _Place, old: JsonObject, new: JsonObject) -> None:
        before, after = cast(List[Any], old.get("prefixItems", [])), cast(List[Any], new.get("prefixItems", []))
        for index, (item, item_now) in enumerate(zip(before, after)):
            self.schema(place / str(index), item, item_now)
        if len(before) != len(after):
            self.tell(place, "another length", len(before), len(after))
        elif old.get("items", True) is not False and new.get("items", True) is not False:
            self.schema(place / "*", old.get("items", True), new.get("items", True))
        elif old.get("items") != new.get("items"):
            self.tell(place, "another length")

    def _bounds(self, place: _Place, old: JsonObject, new: JsonObject) -> None:
        before, after = bounds(old), bounds(new)
        for name in sorted({*before, *after}):
            had, has = before.get(name), after.get(name)
            if had != has:
                wider = has is None or (had is not None and has.allows(had))
                shown = (_ABSENT if had is None else f"{name} {had}", _ABSENT if has is None else f"{name} {has}")
                self.tell(place, "bound widened" if wider else "bound narrowed", *shown)

    def _keywords(self, place: _Place, old: JsonObject, new: JsonObject) -> None:
        skipped = _COMPARED | _WORDS | bound_keywords(old) | bound_keywords(new)
        for name in sorted({*old, *new} - skipped):
            had, has = old.get(name, _ABSENT), new.get(name, _ABSENT)
            if had == has:
                continue
            rule = "another form"
            if name == "x-packed" and _ABSENT in (had, has):
                rule = "numbers now packed" if had is _ABSENT else "numbers no longer packed"
            elif name in _CONSTRAINTS:
                rule = "constraint added" if had in (_ABSENT, False) else "constraint removed" if has in (_ABSENT, False) else "another constraint"
            self.tell(place, rule, *({name: value} if value is not _ABSENT else _ABSENT for value in (had, has)))

    def _streaming(self, place: _Place, what: str, old: JsonObject, new: JsonObject) -> None:
        if old.get("streaming") != new.get("streaming"):
            self.tell(place, f"{what} now a stream" if new.get("streaming") else f"{what} no longer a stream")

    def _required(self, place: _Place, what: str, had: bool, has: bool) -> None:
        if had != has:
            self.tell(place, f"{what} now required" if has else f"{what} no longer required")

    def _default(self, place: _Place, old: JsonObject, new: JsonObject, before: Any, after: Any) -> None:
        if not old["required"] and not new["required"]:
            had, has = _default_of(before), _default_of(after)
            if had is not has and (had is _ABSENT or has is _ABSENT or _json(had) != _json(has)):
                self.tell(place, "default changed", *("computed" if value is _ABSENT else _json(value) for value in (had, has)))


def _by_type(errors: JsonObject) -> Dict[str, JsonObject]:
    found: Dict[str, JsonObject] = {}
    for code, error in errors.items():
        fields: Any = {"type": "object", "properties": {}}
        if isinstance(error, dict):
            fields, error = cast(JsonObject, error)["fields"], cast(JsonObject, error)["type"]
        found[error] = {"code": int(code), "fields": fields}
    return found


def _listed(schema: JsonObject) -> Optional[List[Any]]:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _default_of(schema: Any) -> Any:
    return cast(JsonObject, schema).get("default", _ABSENT) if isinstance(schema, dict) else _ABSENT


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return ""
    text = value if isinstance(value, str) else _json(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
