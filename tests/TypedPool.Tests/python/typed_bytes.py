"""Bytes and numbers that travel beside the messages."""

from __future__ import annotations

import os
import signal
from array import array
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

import pipe_only
from typedpool import command

assert pipe_only
if os.environ.get("TYPED_BYTES_PLAIN"):
    from typedpool.worker import Worker

    def initialize_plainly(worker: Worker, given: Any) -> bytes:
        """As a worker of a bridge that knows no attachments answers."""
        return _initialize(worker, {**given, "capabilities": {}})

    _initialize = getattr(Worker, "_initialize")
    setattr(Worker, "_initialize", initialize_plainly)


@dataclass
class Sample:
    """What was measured, and how it was recorded."""

    name: str
    values: List[float]
    raw: bytes = b""
    counts: List[int] = field(default_factory=list)
    preview: Optional[bytes] = None
    parts: Dict[str, List[bytes]] = field(default_factory=dict)
    extra: Any = None


@command
def echo_bytes(data: bytes) -> bytes:
    """Returns the bytes."""
    assert type(data) is bytes
    return data


@command
def echo_bytearray(data: bytearray) -> bytearray:
    """Returns the bytes, the first of them one more."""
    assert type(data) is bytearray
    if data:
        data[0] = (data[0] + 1) % 256
    return data


@command
def echo_memoryview(data: memoryview) -> memoryview:
    """Returns every second of the bytes."""
    assert type(data) is memoryview and not data.readonly
    return data[::2]


@command
def echo_optional_bytes(data: Optional[bytes] = b"default") -> Optional[bytes]:
    """Returns the bytes or nothing."""
    return data


@command
def echo_many(data: List[bytes], by_name: Dict[str, bytes]) -> Dict[str, List[bytes]]:
    """Returns them all."""
    return {"list": data, **{name: [value] for name, value in by_name.items()}}


@command
def echo_reals(values: List[float]) -> List[float]:
    """Returns the numbers."""
    assert type(values) is list and all(type(value) is float for value in values)
    return values


@command
def echo_integers(values: List[int]) -> List[int]:
    """Returns the integers."""
    assert type(values) is list and all(type(value) is int for value in values)
    return values


@command
def echo_matrix(rows: List[List[float]]) -> List[List[float]]:
    """Returns the rows."""
    return rows


@command
def echo_sample(sample: Sample) -> Sample:
    """Returns the sample."""
    return sample


@command
def echo_samples(samples: List[Sample], anything: Any) -> List[Sample]:
    """Returns the samples, each with something in it."""
    for sample in samples:
        sample.extra = anything
    return samples


@command
def bits(values: List[float]) -> List[int]:
    """The bits of the numbers, as integers."""
    return array("q", array("d", values).tobytes()).tolist()


@command
def count_bytes(data: bytes) -> int:
    """How many bytes came."""
    return len(data)


@command
def make_bytes(count: int) -> bytes:
    """That many bytes."""
    return bytes(count)


_kept: List[memoryview] = []


@command
def keep_view(data: memoryview) -> int:
    """Keeps the bytes for later calls.

    Returns:
        How many are kept.
    """
    _kept.append(data)
    return len(_kept)


@command
def kept_view(index: int) -> memoryview:
    """Returns bytes that were kept."""
    return _kept[index]


@command
def drop_views() -> None:
    """Keeps none any more."""
    _kept.clear()


@command
def hold_view(data: memoryview, begun: str) -> memoryview:
    """Holds the bytes until it is stopped; that it has begun, `begun` tells."""
    open(begun, "w").close()
    signal.pause()
    return data


@command
def die_with(data: memoryview) -> None:
    """Dies while the bytes are in use."""
    os.kill(os.getpid(), signal.SIGKILL)


@command
def shared_mappings() -> int:
    """How many mappings of the host's memory this process has."""
    with open("/proc/self/maps") as maps:
        return sum("/memfd:typedpool (deleted)" in line for line in maps)


@command
def descriptors() -> int:
    """How many descriptors are open."""
    return len(os.listdir("/proc/self/fd"))


class Damaged(Exception):
    """A recording cannot be read.

    Attributes:
        raw: What was recorded.
        values: What was read of it.
    """

    raw: bytes
    values: List[float]

    def __init__(self, raw: bytes, values: List[float]) -> None:
        super().__init__("damaged")
        self.raw, self.values = raw, values


@command(raises={Damaged: 1001})
def refuse(data: bytes, values: List[float]) -> bytes:
    """Raises with what came."""
    raise Damaged(data, values)


@command
def bad_numbers(case: str, count: int) -> List[float]:
    """Numbers with something else at place 2."""
    wrong: Dict[str, Any] = {"bool": True, "text": "1.5", "none": None, "integer": 3}
    numbers: List[Any] = [0.5] * count
    numbers[2] = wrong[case]
    return numbers


@command
def large_integers(count: int) -> List[int]:
    """Integers, the one at place 3 too large."""
    numbers = [0] * count
    numbers[3] = 2**63
    return numbers


@command
def die_while_sending(count: int) -> bytes:
    """Answers with that many bytes, and dies when half of them have been written."""
    from typedpool.wire import Channel

    def send_half(channel: Channel, message: Any) -> None:
        frame = len(message.message).to_bytes(4, "big") + message.message + bytes(message.attachments[0])
        channel.write_raw(frame[: len(frame) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    assert callable(Channel.send)
    setattr(Channel, "send", send_half)
    return bytes(count)


@command
def die_while_reading() -> None:
    """From now on this worker dies when half of an attachment has come."""
    from typedpool.wire import Channel

    def read_half(channel: Channel, begun: bytes, length: int, arriving: Any = None) -> None:
        count = len(begun)
        while count < length // 2:
            count += len(os.read(channel.source, 65_536))
        os.kill(os.getpid(), signal.SIGKILL)

    assert callable(getattr(Channel, "_read_rest"))
    setattr(Channel, "_read_rest", read_half)


if os.environ.get("TYPED_BYTES_DIE"):
    die_while_reading()


@command
def stall_while_sending(count: int, begun: str) -> bytes:
    """Answers with that many bytes, of which the second half never comes. That the first was written, `begun` tells."""
    from typedpool.wire import Channel

    def send_half(channel: Channel, message: Any) -> None:
        frame = len(message.message).to_bytes(4, "big") + message.message + bytes(message.attachments[0])
        channel.write_raw(frame[: len(frame) // 2])
        open(begun, "w").close()
        signal.pause()

    assert callable(Channel.send)
    setattr(Channel, "send", send_half)
    return bytes(count)


@command
def stop_reading() -> None:
    """From the next message on this worker reads no more."""
    from typedpool.wire import Channel

    def wait(channel: Channel) -> None:
        signal.pause()

    setattr(Channel, "read", wait)
