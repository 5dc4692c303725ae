"""The commands that the workers of these tests serve, one for each thing that can happen in a call."""

from __future__ import annotations

SOURCE = """
    from __future__ import annotations

    import os
    import sys
    from dataclasses import dataclass
    from enum import Enum
    from typing import Any, Dict, List, Optional

    from typedpool import Context, command


    class EmptyText(ValueError):
        pass


    SAME = ValueError("same")


    class BlankText(EmptyText):
        pass


    class Rude(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no")


    class Kind(Enum):
        GOOD = "good"
        BAD = "bad"


    @dataclass
    class Label:
        name: str
        kind: Kind = Kind.GOOD
        inner: Optional[Label] = None


    @command
    def echo(value: Any) -> Any:
        return value


    @command
    def add(a: int, b: int = 10) -> int:
        return a + b


    @command
    def divide(a: float, b: float) -> float:
        return a / b if b else a * float("inf")


    @command
    def positional(a: int = 1, b: int = 2, /, c: int = 3) -> List[int]:
        return [a, b, c]


    @command
    def relabel(labels: List[Label]) -> Dict[str, Label]:
        return {label.name: label for label in labels}


    @command
    def floats(kind: str) -> Dict[str, List[float]]:
        return {"a": [1.0, float(kind)]}


    @command
    def wrong(what: str) -> List[int]:
        return {"set": [1, {2}], "text": [1, "x"], "big": [1, 2], "none": None}[what]


    @command
    def keys() -> List[Dict[str, int]]:
        return [{"a": 1}, {1: 2}]  # type: ignore


    @command
    def anything(what: str) -> Any:
        circular: List[Any] = []
        circular.append(circular)
        return {"nan": {"a": [float("nan")]}, "circular": circular, "surrogate": ["\\udc80"], "object": [object()]}[what]


    @command(raises={EmptyText: 1001})
    def fail(how: str) -> None:
        if how == "declared":
            raise EmptyText("empty")
        if how == "subclass":
            raise BlankText("blank")
        if how == "exit":
            sys.exit(3)
        if how == "interrupt":
            raise KeyboardInterrupt
        if how == "base":
            raise BaseException("base")
        if how == "rude":
            raise Rude
        if how == "memory":
            raise MemoryError
        if how == "recursion":
            fail("recursion")
        if how == "same":
            raise SAME
        if how == "surrogate":
            raise ValueError("bad \\udc80 name")
        if how == "cause":
            try:
                raise KeyError("first")
            except KeyError as error:
                raise ValueError("second") from error
        if how == "notes":
            error = ValueError("noted")
            error.__notes__ = ["look", "there"]
            raise error


    @command
    def close(how: str) -> str:
        if how == "descriptor":
            os.close(1)
        else:
            sys.stdout.close()
        return how


    @command
    def printing(text: str) -> int:
        print(text)
        os.write(1, b"raw\\n")
        return len(sys.stdin.read())


    @command
    def about(ctx: Context) -> List[Any]:
        return [ctx.session_id, ctx.remaining(), ctx.worker_id, os.environ.get("TYPEDPOOL_TOKEN"), ctx.traceparent]


    @command
    def fork() -> int:
        child = os.fork()
        if child == 0:
            return 0
        return os.waitpid(child, 0)[1]


    @command
    def long(size: int) -> str:
        return "x" * size
"""
