"""What every kind of type can do."""

from __future__ import annotations

from enum import Enum
from typing import Any, Callable, Dict, Iterator, Optional

JsonObject = Dict[str, Any]
Decoder = Callable[[Any], Any]
Encoder = Callable[[Any], Any]


class Shape(Enum):
    """The side of a call that a schema describes. A dataclass may have another schema on each."""

    INPUT = "input"
    OUTPUT = "output"


class Kind:
    """The meaning of one annotation.

    Attributes:
        native: Whether any value of the annotated type can be handed to the JSON encoder as it is.
        typed: Whether the schema says everything that the annotation does; false for `Any` and what contains it.
        hashable: Whether a set can hold its values.
        in_place: Whether the schema holds something that C# names after the place where it stands.
        json_type: `string` or `integer` where every value is written as one, so that it can name a map's members.
        bounds: The word before the keywords that bound a value: empty for `minimum`, "format" for `formatMinimum`;
            None where values have no order.
        length: The word after the keywords that limit how long a value is: "Length" for `minLength`, "Items",
            "Properties"; None where values have no length.
        remainder: What is left of a value divided by another; None where values are no numbers.
        is_foreign: Whether a user's library describes the type.
        verbatim: A Python expression over `{0}` that holds only for parsed values which the decoder returns as they are; empty
            where there is none. What else it may do is told in `typedpool.kinds.verbatim`.
        all_verbatim: The same of all items of a list.
        attaches: Whether the encoder itself makes an `Attachment`, whatever the kinds inside do.
    """

    native: bool = True
    typed: bool = True
    hashable: bool = True
    in_place: bool = False
    json_type: Optional[str] = None
    bounds: Optional[str] = None
    length: Optional[str] = None
    remainder: Optional[Callable[[Any, Any], Any]] = None
    is_foreign: bool = False
    attaches: bool = False
    verbatim: str = ""
    all_verbatim: str = ""

    def schema(self, shape: Shape, names: ComponentNames) -> JsonObject:
        """The JSON Schema in one shape."""
        raise NotImplementedError

    def decoder(self) -> Decoder:
        """A function from a parsed JSON value to the annotated type. It raises `Mismatch`."""
        raise NotImplementedError

    def list_decoder(self) -> Optional[Decoder]:
        """The same of a whole list of them, where that is quicker than one after the other. A mismatch tells the index."""
        return None

    def encoder(self, strict: bool) -> Optional[Encoder]:
        """A function from a value of the annotated type to what the JSON encoder writes. It raises `Mismatch`.

        Args:
            strict: Look at every value. Otherwise a container whose items are native is trusted, and None means that
                there is nothing to do at all: the JSON encoder finds out by itself what it cannot write, and only
                then is the value looked at strictly, to say where.
        """
        raise NotImplementedError

    def children(self) -> Iterator[Kind]:
        """The kinds directly inside this one."""
        return iter(())


def may_attach(kind: Kind) -> bool:
    """Whether an encoded value may hold an `Attachment` anywhere."""
    seen, waiting = {kind}, [kind]
    while waiting:
        each = waiting.pop()
        if each.attaches:
            return True
        for child in each.children():
            if child not in seen:
                seen.add(child)
                waiting.append(child)
    return False


class ComponentNames:
    """Tells kinds under which name they stand in the document's components."""

    def reference(self, component: Kind, shape: Shape) -> JsonObject:
        """A `$ref` to the component."""
        raise NotImplementedError


def as_is(value: Any) -> Any:
    """The encoder of a value that needs none."""
    return value
