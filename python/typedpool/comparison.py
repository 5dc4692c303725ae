"""The differences of two contracts, each judged by the rules in `changes`."""

from __future__ import annotations

from typing import Any, Dict, List, cast

from typedpool.alternatives import Schemas
from typedpool.changes import Difference
from typedpool.contract import canonical
from typedpool.findings import ABSENT, Findings, Place
from typedpool.kinds.base import JsonObject
from typedpool.schema_comparison import SchemaComparison

_CONTRACT = {"methods", "schemas", "hosts"}
_METHOD = {"params", "result", "errors", "idempotent", "streaming"}
_PARAMETER = {"required", "schema", "streaming"}


def differences(old: JsonObject, new: JsonObject) -> List[Difference]:
    """What differs between two contracts.

    Args:
        old: The reduced document that callers know; see `contract.reduced`.
        new: The reduced document that is served.

    Returns:
        Breaking ones first. One that stands both in what is sent and in what is returned is told once.
    """
    known, served = canonical(old), canonical(new)
    findings = Findings()
    comparison = _Comparison(known, served, findings)
    before, after = cast(Dict[str, JsonObject], known["methods"]), cast(Dict[str, JsonObject], served["methods"])
    for name in sorted({*before, *after}):
        place = Place(f"command '{name}'", "", True)
        if name not in after:
            findings.tell(place, "command removed")
        elif name not in before:
            findings.tell(place, "command added")
        else:
            comparison.command(place, before[name], after[name])
    comparison.hosts(known.get("hosts", {}), served.get("hosts", {}))
    comparison.others(Place("the contract", "", True), known, served, _CONTRACT)
    if not findings and known != served:
        findings.tell(Place("the contract", "", True), "written otherwise")
    return findings.sorted()


class _Comparison:
    def __init__(self, old: JsonObject, new: JsonObject, findings: Findings) -> None:
        self._tell = findings.tell
        self._schemas = SchemaComparison(Schemas(old["schemas"]), Schemas(new["schemas"]), findings)

    def command(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        if old.get("idempotent") != new.get("idempotent"):
            self._tell(place, "now idempotent" if new.get("idempotent") else "no longer idempotent")
        self._streaming(place._replace(subject=f"{place.subject}, result"), "result", old, new)
        self._parameters(place, old["params"], new["params"])
        self._schemas.schema(place._replace(subject=f"{place.subject}, result", sent=False), old["result"], new["result"])
        self._errors(place, _by_type(old["errors"]), _by_type(new["errors"]))
        self.others(place, old, new, _METHOD)

    def hosts(self, old: Dict[str, Dict[str, JsonObject]], new: Dict[str, Dict[str, JsonObject]]) -> None:
        """Compares what the host implements: it is sent the parameters, and returns the results."""
        had = {f"{host}.{name}": function for host, functions in old.items() for name, function in functions.items()}
        has = {f"{host}.{name}": function for host, functions in new.items() for name, function in functions.items()}
        for name in sorted({*had, *has}):
            place = Place(f"host function '{name}'", "", True)
            if name not in has or name not in had:
                self._tell(place, "host function removed" if name in had else "host function added")
                continue
            params, result = f"{place.subject}, parameters", f"{place.subject}, result"
            self._schemas.schema(Place(params, "", sent=False), had[name]["params"], has[name]["params"])
            self._schemas.schema(Place(result, "", sent=True), had[name]["result"], has[name]["result"])

    def others(self, place: Place, old: JsonObject, new: JsonObject, known: Any) -> None:
        """Tells of members that are none of those that are known."""
        for name in sorted({*old, *new} - known):
            if old.get(name) != new.get(name):
                self._tell(place / name, "something else", old.get(name, ABSENT), new.get(name, ABSENT))

    def _parameters(self, command: Place, old: Dict[str, JsonObject], new: Dict[str, JsonObject]) -> None:
        for name in [*old, *(name for name in new if name not in old)]:
            place = command._replace(subject=f"{command.subject}, parameter '{name}'")
            if name not in new:
                self._tell(place, "parameter removed")
            elif name not in old:
                self._tell(place, f"{'required' if new[name]['required'] else 'optional'} parameter added")
            else:
                self._parameter(place, old[name], new[name])

    def _parameter(self, place: Place, old: JsonObject, new: JsonObject) -> None:
        self._schemas.required(place, "parameter", old["required"], new["required"])
        self._streaming(place, "parameter", old, new)
        self._schemas.default(place, old["required"], new["required"], old["schema"], new["schema"])
        self._schemas.schema(place, old["schema"], new["schema"])
        self.others(place, old, new, _PARAMETER)

    def _errors(self, command: Place, old: Dict[str, JsonObject], new: Dict[str, JsonObject]) -> None:
        for type in sorted({*old, *new}):
            place = command._replace(subject=f"{command.subject}, exception '{type}'", sent=False)
            if type not in new or type not in old:
                self._tell(place, "exception removed" if type in old else "exception added")
                continue
            if old[type]["code"] != new[type]["code"]:
                self._tell(place, "code of the exception changed", old[type]["code"], new[type]["code"])
            self._schemas.schema(place, old[type]["fields"], new[type]["fields"])

    def _streaming(self, place: Place, what: str, old: JsonObject, new: JsonObject) -> None:
        if old.get("streaming") != new.get("streaming"):
            self._tell(place, f"{what} now a stream" if new.get("streaming") else f"{what} no longer a stream")


def _by_type(errors: JsonObject) -> Dict[str, JsonObject]:
    found: Dict[str, JsonObject] = {}
    for code, error in errors.items():
        fields: Any = {"type": "object", "properties": {}}
        if isinstance(error, dict):
            fields, error = cast(JsonObject, error)["fields"], cast(JsonObject, error)["type"]
        found[error] = {"code": int(code), "fields": fields}
    return found
