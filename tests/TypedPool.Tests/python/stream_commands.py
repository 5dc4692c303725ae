"""Commands that yield, each ending in another way; the files that they make say how far they have come."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any, Dict, Iterator

from typedpool import Context, StreamFailed, command


def make(path: str) -> None:
    open(path, "w").close()


@command
def pid() -> int:
    return os.getpid()


@command
def count(to: int) -> Iterator[int]:
    yield from range(to)


@command
def endless(folder: str) -> Iterator[int]:
    number = 0
    try:
        while True:
            yield number
            number += 1
            if number % 1000 == 0:
                make(f"{folder}/yielded{number}")
    finally:
        make(f"{folder}/closed")


@command
def fail_after(count: int) -> Iterator[int]:
    yield from range(count)
    raise ValueError("no more")


@command
def misfit_after(count: int, folder: str) -> Iterator[int]:
    try:
        yield from range(count)
        yield "seven"  # type: ignore
    finally:
        make(f"{folder}/closed")


@command
def not_json(folder: str) -> Iterator[Dict[str, Any]]:
    try:
        yield {"a": 1}
        yield {"a": object()}
    finally:
        make(f"{folder}/closed")


@command
def ignore_close(folder: str) -> Iterator[int]:
    try:
        while True:
            try:
                yield 1
            except GeneratorExit:
                make(f"{folder}/ignored")
    finally:
        make(f"{folder}/closed")


@command
def never_close(folder: str) -> Iterator[int]:
    while True:
        try:
            yield 1
        except GeneratorExit:
            while True:
                try:
                    make(f"{folder}/ignored")
                    time.sleep(3600)
                except BaseException:
                    pass


@command
def fail_in_finally() -> Iterator[int]:
    try:
        while True:
            yield 1
    finally:
        raise ValueError("cannot close")


@command
def then_sleep(count: int, folder: str) -> Iterator[int]:
    try:
        yield from range(count)
        make(f"{folder}/sleeping")
        time.sleep(3600)
    finally:
        make(f"{folder}/closed")


@command
def then_die(count: int) -> Iterator[int]:
    yield from range(count)
    os.kill(os.getpid(), signal.SIGKILL)
    yield -1


@command
def wait_for(folder: str, names: list[str]) -> Iterator[str]:
    for name in names:
        while not Path(folder, name).exists():
            time.sleep(0.002)
        yield name


@command
def report(ctx: Context, steps: int) -> Iterator[int]:
    for step in range(steps):
        ctx.progress(step, steps)
        yield step


@command
def large(count: int, length: int) -> Iterator[bytes]:
    for number in range(count):
        yield bytes([number % 256]) * length


@command
def total(numbers: Iterator[int]) -> int:
    return sum(numbers)


@command
def unread(numbers: Iterator[int]) -> int:
    return -1


@command
def first(numbers: Iterator[int]) -> int:
    return next(numbers)


@command
def read_slowly(numbers: Iterator[int], folder: str) -> int:
    count = next(numbers)
    make(f"{folder}/begun")
    while not Path(folder, "go").exists():
        time.sleep(0.002)
    return count + sum(numbers)


@command
def doubled(numbers: Iterator[int]) -> Iterator[int]:
    for number in numbers:
        yield 2 * number


@command
def caught(numbers: Iterator[int]) -> str:
    seen = 0
    try:
        for _ in numbers:
            seen += 1
    except StreamFailed as error:
        return f"{seen}: {error}"
    return "no failure"


@command
def die_after(numbers: Iterator[int], count: int) -> int:
    for number in numbers:
        if number == count:
            os.kill(os.getpid(), signal.SIGKILL)
    return -1
