"""Functions that take an object apart, written as source like those of dataclasses: a loop would cost several times as much."""

from __future__ import annotations

from functools import lru_cache
from inspect import Parameter, signature
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, NoReturn, Sequence, cast

from typedpool.kinds import verbatim
from typedpool.kinds.base import Decoder, Kind
from typedpool.mismatch import Mismatch, describe, too_deep


class Member(NamedTuple):
    """A member that an object may have."""

    name: str
    kind: Kind
    optional: bool


def compile_decoder(
    members: Sequence[Member], construct: Callable[..., Any], refuse: Decoder, outermost: bool = False
) -> Decoder:
    """A function from an object to what is made of it.

    Args:
        members: The members that it may have.
        construct: Is given their decoded values by name.
        refuse: Is given, in place of all this, whatever is no object with exactly these members, and says why.
        outermost: Whether a member that nests too deep for Python is told as such: inside another one it is a member of that.
    """
    lines = ["def decode(value):", *_indented(_body(members, construct, outermost, lambda made: [f"return {made}"]))]
    return _compiled(lines, members, construct, refuse)


def compile_list_decoder(members: Sequence[Member], construct: Callable[..., Any], decode: Decoder) -> Decoder:
    """A function from a list of objects to what is made of them: a call of a function for each would cost a third more.

    Args:
        members: The members that each may have.
        construct: Is given their decoded values by name.
        decode: What `compile_decoder` makes of the same members: it is given what needs a closer look.
    """
    lines = [
        "def decode(values):",
        "    made = []",
        "    add = made.append",
        "    try:",
        "        for value in values:",
        *_indented(_body(members, construct, False, lambda made: [f"add({made})", "continue"]), 3),
        "    except Mismatch as mismatch:",
        "        raise mismatch.under(len(made))",
        "    return made",
    ]
    return _compiled(lines, members, construct, decode)


def _body(
    members: Sequence[Member], construct: Callable[..., Any], outermost: bool, give: Callable[[str], Sequence[str]]
) -> List[str]:
    """What becomes of `value`; `give` is how an expression leaves the body."""
    required = [i for i, member in enumerate(members) if not member.optional]
    optional = [i for i, member in enumerate(members) if member.optional]
    counts = [str(len(required)), *(f"({_name(members, i)} in value)" for i in optional)]
    expressions = [_verbatim(members, i) for i in required if _verbatim(members, i)]
    lines = [
        f"if type(value) is not dict or len(value) != {' + '.join(counts)}:",
        *_indented(give("refuse(value)")),
        "try:",
        *(f"    v{i} = value[{_name(members, i)}]" for i in required),
        # As a condition, of which Python compares numbers faster than as a value.
        f"    are_verbatim = True if {' and '.join(expressions) or 'True'} else False",
        "except KeyError:",
        *_indented(give("refuse(value)")),
        "except (TypeError, OverflowError):",
        "    are_verbatim = False",
        "if are_verbatim:",
        *_indented(line for i in required if not _verbatim(members, i) for line in _conversion(members, i, outermost)),
        "    pass",
        "else:",
        *_indented(line for i in required for line in _conversion(members, i, outermost)),
        "    pass",
    ]
    if optional or construct is dict:
        lines.append(f"given = {{{', '.join(f'{_name(members, i)}: v{i}' for i in required)}}}")
        for i in optional:
            lines += [f"if {_name(members, i)} in value:", f"    v{i} = value[{_name(members, i)}]"]
            lines += _indented([*_conversion(members, i, outermost), f"given[{_name(members, i)}] = v{i}"])
        return [*lines, *give("given" if construct is dict else "construct(**given)")]
    if _takes_in_order(construct, members):
        return [*lines, *give(f"construct({', '.join(f'v{i}' for i in required)})")]
    return [*lines, *give(f"construct(**{{{', '.join(f'{_name(members, i)}: v{i}' for i in required)}}})")]


def _compiled(lines: Sequence[str], members: Sequence[Member], construct: Callable[..., Any], refuse: Decoder) -> Decoder:
    namespace: Dict[str, Any] = {
        **verbatim.NAMES, "refuse": refuse, "construct": construct, "Mismatch": Mismatch, "too_deep": too_deep
    }
    namespace.update((f"decode{i}", member.kind.decoder()) for i, member in enumerate(members))
    exec("\n".join(lines), namespace)
    return cast(Decoder, namespace["decode"])


def compile_shortcut(expression: str, decode: Decoder) -> Decoder:
    """A function that returns what an expression holds for (see `Kind.verbatim`) as it is, and decodes all else."""
    return cast(Decoder, _shortcut(expression)(decode)) if expression else decode


@lru_cache(maxsize=None)
def _shortcut(expression: str) -> Callable[[Decoder], Any]:
    lines = [
        "def make(decode_other):",
        "    def decode(value):",
        "        try:",
        f"            if {expression.format('value')}:",
        "                return value",
        "        except (TypeError, OverflowError):",
        "            pass",
        "        return decode_other(value)",
        "    return decode",
    ]
    namespace = dict(verbatim.NAMES)
    exec("\n".join(lines), namespace)
    return cast(Callable[[Decoder], Any], namespace["make"])


def refuse_members(received: Dict[str, Any], members: Sequence[Member], expected: str, unexpected: str) -> NoReturn:
    """Says what is wrong first, in the order of the members.

    Args:
        received: The object.
        members: Those that it may have.
        expected: In words, what a required member is.
        unexpected: In words, that there is none of a name.
    """
    for name, kind, optional in members:
        if name in received:
            try:
                kind.decoder()(received[name])
            except Mismatch as mismatch:
                raise mismatch.under(name)
        elif not optional:
            raise Mismatch(expected, "nothing").under(name)
    names = {member.name for member in members}
    unknown = next(name for name in received if name not in names)
    raise Mismatch(unexpected, describe(received[unknown])).under(unknown)


def _takes_in_order(construct: Callable[..., Any], members: Sequence[Member]) -> bool:
    """Whether values can be given without their names, which is quicker."""
    try:
        parameters = list(signature(construct).parameters.values())[: len(members)]
    except (TypeError, ValueError):
        return False
    return [each.name for each in parameters] == [member.name for member in members] and all(
        each.kind is Parameter.POSITIONAL_OR_KEYWORD for each in parameters
    )


def _name(members: Sequence[Member], index: int) -> str:
    return repr(members[index].name)


def _verbatim(members: Sequence[Member], index: int) -> str:
    return members[index].kind.verbatim.format(f"v{index}")


def _conversion(members: Sequence[Member], index: int, outermost: bool) -> List[str]:
    lines = [
        "try:",
        f"    v{index} = decode{index}(v{index})",
        "except Mismatch as mismatch:",
        f"    raise mismatch.under({_name(members, index)})",
    ]
    if outermost:
        lines += ["except RecursionError:", f"    raise too_deep().under({_name(members, index)}) from None"]
    return lines


def _indented(lines: Iterable[str], levels: int = 1) -> List[str]:
    return [f"{'    ' * levels}{line}" for line in lines]
