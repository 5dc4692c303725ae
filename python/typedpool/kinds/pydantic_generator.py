"""How pydantic writes schemas: as it does, but with our spelling of the types of our table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from importlib import import_module
from math import isfinite
from typing import Any, Dict, List, cast

from typedpool import docstrings
from typedpool.kinds.bounded import bounded
from typedpool.kinds.choices import EnumOf
from typedpool.kinds.maps import number_names
from typedpool.kinds.ordered import ordered
from typedpool.kinds.reals import DECIMAL
from typedpool.kinds.times import AWARE, DATE, DURATION, NAIVE, TIME


def generator() -> Any:
    """The class by which pydantic writes schemas."""
    base: Any = getattr(import_module("pydantic.json_schema"), "GenerateJsonSchema")

    class Generator(base):
        """Writes what the types of our table are called there, so that they are the same types in C#."""

        def field_is_required(self, field: Any, total: bool) -> bool:
            if self.mode == "serialization" and field["type"] != "typed-dict-field":
                return field.get("serialization_exclude_if") is None  # Every field is written.
            return base.field_is_required(self, field, total)

        def default_schema(self, schema: Any) -> Any:
            if self.mode == "serialization":
                return self.generate_inner(schema["schema"])
            written = base.default_schema(self, schema)
            if not _is_finite(schema.get("default")):
                written.pop("default", None)  # JSON has no word for it, and pydantic writes null where it stands inside.
            elif "default" in schema and "default" in written:
                # pydantic sorts a set itself, but none inside, and what has no order of its own it leaves as it comes.
                written["default"] = ordered(schema["default"], self.encode_default(schema["default"]))
            return written

        def decimal_schema(self, schema: Any) -> Any:
            return bounded(DECIMAL, schema)

        def datetime_schema(self, schema: Any) -> Any:
            return bounded(NAIVE if schema.get("tz_constraint") == "naive" else AWARE, schema)

        def date_schema(self, schema: Any) -> Any:
            return bounded(DATE, schema)

        def time_schema(self, schema: Any) -> Any:
            return bounded(TIME, schema)

        def timedelta_schema(self, schema: Any) -> Any:
            written = base.timedelta_schema(self, schema)
            # The model may say that it writes numbers.
            return bounded(DURATION, schema) if written.get("format") == "duration" else written

        def bytes_schema(self, schema: Any) -> Any:
            # As pydantic writes them: text, unless the model says that it is base64.
            written = base.bytes_schema(self, schema)
            return {"type": "string", **({"format": written["format"]} if written.get("format") == "base64url" else {})}

        def dict_schema(self, schema: Any) -> Any:
            written: Any = base.dict_schema(self, schema)
            keys: Any = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
            # pydantic leaves out that the names of members are numbers, or says it so that no name fits.
            return {**written, "propertyNames": number_names(keys)} if keys.get("type") == "integer" else written

        def enum_schema(self, schema: Any) -> Any:
            if {type(member.value).__name__ for member in schema["members"]} not in ({"str"}, {"int"}):
                return base.enum_schema(self, schema)
            cls = schema["cls"]
            return EnumOf(cls, docstrings.parse(docstrings.own_docstring(cls)).text()).component()

    return Generator


def _is_finite(value: Any) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, Mapping):
        return all(map(_is_finite, cast("Mapping[Any, Any]", value).values()))
    if isinstance(value, (list, tuple, set, frozenset)):
        return all(map(_is_finite, cast(List[Any], value)))
    if is_dataclass(value) or hasattr(value, "__pydantic_validator__"):
        return all(map(_is_finite, cast(Dict[str, Any], vars(cast(Any, value))).values()))
    return True
