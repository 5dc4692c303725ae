"""Random bursts of calls, pings and cancellations, cut at random places, against a worker whose title changes hands all the time.

    python3 -m tests.handover --seconds 600

runs until something is lost, doubled or misrouted, or the time is up; a failure names the seed that repeats it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
from typing import Any, Dict, List, Set

from tests.client import FOLDER, PATIENCE, frame, request, to_json

_TICKS = (0.001, 0.0005, 0.0001)

# A worker of four commands that hands its title over within microseconds.
_WORKER = """
import sys, threading, time
from typedpool.calls import Call
from typedpool.surface import survey
from typedpool.watcher import Watcher
from typedpool.wire import Channel
from typedpool.worker import Service, Worker
from typedpool import Context, command
import types

@command
def echo(value: int) -> int:
    return value

@command
def sleep(value: int, seconds: float) -> int:
    time.sleep(seconds)
    return value

@command
def spin(value: int, rounds: int) -> int:
    for _ in range(rounds):
        pass
    return value

@command
def ask(value: int, times: int, threads: int, seconds: float, ctx: Context) -> int:
    answers = []

    def run() -> None:
        for number in range(times):
            answers.append(ctx._port.request("$/host/same", b"%d" % number) == number)
            time.sleep(seconds)

    others = [threading.Thread(target=run, daemon=True) for _ in range(threads)]
    for each in others:
        each.start()
    run()
    for each in others:
        each.join()
    return value if answers == [True] * times * (threads + 1) else -1

module = types.ModuleType("commands")
module.echo, module.sleep, module.spin, module.ask = echo, sleep, spin, ask
surface = survey([module])
channel = Channel(0, 1)
service = Service({each.name: Call(each) for each in surface.commands}, "")
sys.exit(Worker(channel, service, Watcher(channel, float(sys.argv[1]))).run())
"""


def run(seed: int, bursts: int) -> int:
    """Sends bursts and checks every answer.

    Returns:
        How many answers came.

    Raises:
        AssertionError: An answer is missing, wrong, or there twice.
    """
    chance = random.Random(seed)
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(_TICKS[seed % len(_TICKS)])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": FOLDER, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    timer = threading.Timer(PATIENCE, worker.kill)
    timer.start()
    try:
        return sum(_burst(worker, chance, number, seed) for number in range(bursts))
    finally:
        timer.cancel()
        worker.kill()
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            assert stream is not None
            stream.close()


def _burst(worker: Any, chance: random.Random, number: int, seed: int) -> int:
    expected: Dict[Any, Any] = {}
    cancelled: Set[Any] = set()
    messages: List[Dict[str, Any]] = []
    for i in range(chance.randint(1, 20)):
        id = number * 1000 + i + 1
        _add(messages, chance, id)
        expected[id] = id
        if chance.random() < 0.3:
            ping = f"p{id}"
            messages.append(request(ping, "$/ping"))
            expected[ping] = {}
        if chance.random() < 0.2:
            target = chance.choice([each for each in expected if type(each) is int])
            cancelled.add(target)
            messages.append({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": target}})
    _send_in_pieces(worker, b"".join(frame(to_json(message)) for message in messages), chance)
    count = len(expected)
    while expected:
        header = worker.stdout.read(4)
        assert len(header) == 4, f"seed {seed}: the worker has left, or hangs; {len(expected)} answers are missing"
        answer = json.loads(worker.stdout.read(int.from_bytes(header, "big")))
        if "method" in answer:
            reply = {"jsonrpc": "2.0", "id": answer["id"], "result": answer["params"]}
            _send_in_pieces(worker, frame(to_json(reply)), chance)
            continue
        assert answer["id"] in expected, f"seed {seed}: an answer that is doubled or nobody's: {answer}"
        result = expected.pop(answer["id"])
        if "error" in answer:
            is_cancelled = answer["id"] in cancelled and answer["error"]["code"] == -32800
            assert is_cancelled, f"seed {seed}: {answer}"
        else:
            assert answer["result"] == result, f"seed {seed}: {answer}"
    return count


def _add(messages: List[Dict[str, Any]], chance: random.Random, id: int) -> None:
    kind = chance.random()
    if kind < 0.6:
        messages.append(request(id, "echo", {"value": id}))
    elif kind < 0.7:
        times, threads = chance.randint(1, 10), chance.choice((0, 0, 2))
        messages.append(request(id, "ask", {"value": id, "times": times, "threads": threads, "seconds": chance.choice((0.0, 0.0002))}))
    elif kind < 0.85:
        messages.append(request(id, "sleep", {"value": id, "seconds": chance.random() * 0.004}))
    else:
        messages.append(request(id, "spin", {"value": id, "rounds": chance.randint(0, 40_000)}))


def _send_in_pieces(worker: Any, data: bytes, chance: random.Random) -> None:
    while data:
        length = chance.randint(1, max(1, min(len(data), 400)))
        worker.stdin.write(data[:length])
        worker.stdin.flush()
        data = data[length:]
        if chance.random() < 0.3:
            time.sleep(chance.random() * 0.0015)


def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    end, seed, answers = time.monotonic() + arguments.seconds, arguments.seed, 0
    while time.monotonic() < end:
        answers += run(seed, bursts=200)
        seed += 1
    print(f"{answers} answers, seeds {arguments.seed} to {seed - 1}: nothing lost, doubled or misrouted")


if __name__ == "__main__":
    _main()
