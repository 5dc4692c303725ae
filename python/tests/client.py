"""A small host: starts a worker as a real process and talks to it in frames."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import unittest
from typing import Any, Dict, Optional

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATIENCE = 60.0
"""Seconds after which a process that should have answered is killed, so that a test fails and does not hang."""


def frame(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


def to_json(message: Any) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode("utf-8")


def request(id: Any, method: str, params: Any = None, **members: Any) -> Dict[str, Any]:
    message = {"jsonrpc": "2.0", "id": id, "method": method, **members}
    if params is not None:
        message["params"] = params
    return message


class Host:
    """A worker process and its channel. Killed by a timer if the test takes too long, and at the end of `with`."""

    verb = "serve"

    def __init__(self, *arguments: str, token: Optional[str] = None, python: str = sys.executable, cwd: str) -> None:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("TYPEDPOOL_TOKEN", None)
        if token is not None:
            environment["TYPEDPOOL_TOKEN"] = token
        self._errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [python, FOLDER, self.verb, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=cwd,
            env=environment,
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.input = self.process.stdin
        self.output = self.process.stdout
        self._timer = threading.Timer(PATIENCE, self.process.kill)
        self._timer.start()
        self._last_id = 0

    def __enter__(self) -> Host:
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self.process.kill()
        self.process.wait()
        self.input.close()
        self.output.close()
        self._errors.close()

    def send(self, data: bytes) -> None:
        self.input.write(data)
        self.input.flush()

    def send_message(self, message: Any) -> None:
        self.send(frame(to_json(message)))

    def receive_bytes(self) -> bytes:
        header = self.output.read(4)
        if len(header) < 4:
            raise EOFError(f"the worker has left: {self.errors()}")
        return self.output.read(int.from_bytes(header, "big"))

    def receive(self) -> Any:
        return json.loads(self.receive_bytes())

    def ask(self, message: Any) -> Any:
        self.send_message(message)
        return self.receive()

    def call(self, method: str, params: Any = None, **members: Any) -> Any:
        """The whole answer to a call with a fresh id."""
        self._last_id += 1
        answer = self.ask(request(self._last_id, method, params, **members))
        assert answer["id"] == self._last_id, answer
        return answer

    def result(self, method: str, params: Any = None, **members: Any) -> Any:
        answer = self.call(method, params, **members)
        assert "error" not in answer, answer
        return answer["result"]

    def error(self, method: str, params: Any = None, **members: Any) -> Any:
        answer = self.call(method, params, **members)
        assert "result" not in answer, answer
        return answer["error"]

    def leave(self) -> int:
        """Closes the input and waits for the worker's exit status."""
        self.input.close()
        return self.wait()

    def wait(self) -> int:
        return self.process.wait(PATIENCE)

    def errors(self) -> str:
        """What the worker has written to standard error so far."""
        self._errors.seek(0)
        return self._errors.read().decode("utf-8")


class ProjectTestCase(unittest.TestCase):
    """A test with a folder of its own, in which it writes modules."""

    def setUp(self) -> None:
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="typedpool-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name: str, text: str) -> str:
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text).lstrip("\n"))
        return path

    def host(self, source: str, *arguments: str, token: Optional[str] = None) -> Host:
        """A worker of one module, `commands`. Use it in a `with`."""
        self.write("commands.py", source)
        return Host("commands", *arguments, token=token, cwd=self.folder)

    def run_cli(self, *arguments: str, python: str = sys.executable, **environment: str) -> subprocess.CompletedProcess[bytes]:
        """Runs `python <bridge> arguments…` in the test's folder."""
        return self.run_process(python, FOLDER, *arguments, **environment)

    def run_process(self, *command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": FOLDER, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
        )
