"""What may change between two contracts, and what each change does to callers that know the old one.

The table below is the rule book; "Differences" in docs/schema.md is the same in prose. A schema is read from the
caller's side: it *sends* what parameters hold, and is *returned* what results and the fields of exceptions hold.
"""

from __future__ import annotations

from typing import Dict, NamedTuple


class Verdict(NamedTuple):
    """Whether a change breaks a caller, and why."""

    breaking: bool
    why: str


class Rule(NamedTuple):
    """One kind of change, judged for what callers send and for what is returned to them."""

    sent: Verdict
    returned: Verdict


class Difference(NamedTuple):
    """One difference between two contracts.

    Attributes:
        place: The command or type, and where in it.
        change: The rule's name.
        old: What stood there, in short JSON; empty where there was nothing.
        new: What stands there now, likewise.
    """

    place: str
    change: str
    old: str
    new: str
    breaking: bool
    why: str

    def __str__(self) -> str:
        both = f" {self.old} → {self.new}" if self.old and self.new else ""
        shown = both or (f" {self.old or self.new}" if self.old or self.new else "")
        return f"{'breaking' if self.breaking else 'compatible'}: {self.place}: {self.change}{shown} ({self.why})"


def _breaks(why: str) -> Verdict:
    return Verdict(True, why)


def _fits(why: str) -> Verdict:
    return Verdict(False, why)


def _both(verdict: Verdict) -> Rule:
    return Rule(verdict, verdict)


_REFUSED = _breaks("Python refuses what callers send")
_UNREADABLE = _breaks("callers cannot read what may come")
_TAKEN = _fits("Python still takes what callers send")
_READABLE = _fits("callers can still read what comes")
_SKIPPED = _fits("callers skip what they do not know")
_WIDER = Rule(_TAKEN, _UNREADABLE)
_NARROWER = Rule(_REFUSED, _READABLE)
_OTHER = Rule(_REFUSED, _UNREADABLE)

RULES: Dict[str, Rule] = {
    # Commands.
    "command added": _both(_fits("no caller knows of it")),
    "command removed": _both(_breaks("its callers find nothing")),
    "now idempotent": _both(_fits("callers may repeat it, and do not")),
    "no longer idempotent": _both(_breaks("callers repeat it after a crash")),
    "exception added": _both(_fits("callers receive it as PythonException")),
    "exception removed": _both(_breaks("callers that catch it wait in vain")),
    "code of the exception changed": _both(_breaks("callers of other languages know it by its code")),
    "result now a stream": _both(_fits("callers receive its items all at once")),
    "result no longer a stream": _both(_breaks("callers ask for items one after another")),
    # Functions of the host.
    "host function added": _both(_breaks("no caller implements it")),
    "host function removed": _both(_fits("Python does not call it any more")),
    # Parameters.
    "parameter now a stream": _both(_fits("Python reads it from what callers send at once")),
    "parameter no longer a stream": _both(_breaks("callers send items one after another")),
    "optional parameter added": _both(_fits("its default stands for it")),
    "required parameter added": _both(_breaks("callers do not pass it")),
    "parameter removed": _both(_breaks("Python refuses what callers pass")),
    "parameter no longer required": _both(_TAKEN),
    "parameter now required": _both(_breaks("callers may leave it out")),
    "default changed": Rule(_breaks("left out, it means something else"), _fits("nothing is left out of what is returned")),
    # Objects.
    "optional field added": Rule(_fits("its default stands for it"), _SKIPPED),
    "required field added": Rule(_breaks("callers do not send it"), _SKIPPED),
    "optional field removed": Rule(_REFUSED, _fits("callers do without it")),
    "required field removed": Rule(_REFUSED, _breaks("callers miss it")),
    "field no longer required": Rule(_TAKEN, _breaks("callers miss it where it is left out")),
    "field now required": Rule(_breaks("callers may leave it out"), _READABLE),
    "other members allowed": Rule(_TAKEN, _SKIPPED),
    "other members no longer allowed": _NARROWER,
    # Those of a union without a tag are known by a member that no other has.
    "field added by which another type is known": _both(_breaks("callers take what has it for the other type")),
    # Values.
    "another type": _OTHER,
    "a number instead of an integer": _WIDER,
    "an integer instead of a number": _NARROWER,
    "alternative told apart": _both(_fits("it is one of another alternative, too")),
    "alternative no longer told apart": _both(_fits("another alternative takes it")),
    "format added": _NARROWER,
    "format removed": _WIDER,
    "any value allowed": _WIDER,
    "no longer any value": _NARROWER,
    "null allowed": _WIDER,
    "null no longer allowed": _NARROWER,
    "alternative added": _WIDER,
    "alternative removed": _NARROWER,
    "value added": _WIDER,
    "value removed": _NARROWER,
    "values no longer listed": _WIDER,
    "values now listed": _NARROWER,
    "bound widened": _WIDER,
    "bound narrowed": _NARROWER,
    "constraint removed": _WIDER,
    "constraint added": _NARROWER,
    "another constraint": _OTHER,
    "another length": _OTHER,
    "length now fixed": _NARROWER,
    "length no longer fixed": _WIDER,
    "another form": Rule(_breaks("Python reads another form than callers write"), _breaks("callers read another form than comes")),
    "numbers now packed": Rule(
        _fits("Python still takes them one by one"), _breaks("callers cannot read them packed, as they come where bytes stand beside them")
    ),
    "numbers no longer packed": Rule(_breaks("Python takes long lists of them no longer packed"), _fits("callers read them one by one, too")),
    "another name": _both(_fits("names of types are not sent")),
    # The same in other keywords, such as a constant for the only value of an enum.
    "written otherwise": _both(_fits("it means the same")),
    # What no rule above has found.
    "something else": _both(_breaks("what it does to callers is not known")),
}
