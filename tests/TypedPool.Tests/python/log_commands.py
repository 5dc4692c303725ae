"""Commands that log and print in every way."""

from __future__ import annotations

import asyncio
import logging
import logging.handlers
import os
import sys
import threading
import time
import warnings
from typing import List

from typedpool import Context, command

logger = logging.getLogger("shop.till")
logger.info("imported")


@command
def pid() -> int:
    return os.getpid()


@command
def log(level: int, message: str) -> None:
    logger.log(level, message, extra={"customer": "Ada", "items": 3, "Worker": "not this one"})


@command
def log_exception() -> None:
    try:
        [][1]
    except IndexError:
        logger.exception("two\nlines")


@command
def log_what_does_not_fit() -> str:
    logger.warning("%d items", "no")
    return "done"


@command
def log_what_cannot_be_sent() -> str:
    class Hostile:
        def __repr__(self) -> str:
            raise RuntimeError("no")

    logger.warning("hostile", extra={"it": Hostile()})
    logger.warning("\ud800")
    return "done"


@command
def warn() -> None:
    warnings.warn("careful", DeprecationWarning, stacklevel=1)


@command
def say() -> None:
    print("to", "output")
    print("to error", file=sys.stderr)
    print("without end", end="")


@command
def write_descriptors() -> None:
    os.write(1, b"raw 1\n")
    os.write(2, b"raw 2\n")


@command
def configure(path: str) -> List[str]:
    """As a module may do it: everything to a file and to the console."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logging.basicConfig(level=logging.DEBUG, format="MINE %(message)s", handlers=[logging.FileHandler(path), logging.StreamHandler()])
        logger.debug("below")
        logger.info("configured")
        return [type(handler).__name__ for handler in root.handlers]
    finally:
        root.handlers[:] = before
        root.setLevel(level)


@command
def log_with_a_handler_that_fails() -> None:
    class Full(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            try:
                raise OSError("the disk is full")
            except OSError:
                self.handleError(record)

    handler = Full()
    logger.addHandler(handler)
    try:
        logger.info("kept")
    finally:
        logger.removeHandler(handler)


@command
def log_in_a_thread(ctx: Context) -> None:
    def run() -> None:
        logger.info("of nobody")
        ctx.log.info("of the call")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@command
def leave_a_thread(path: str, ctx: Context) -> None:
    """The thread logs when there is the file `path`."""

    def run() -> None:
        while not os.path.exists(path):
            time.sleep(0.002)
        ctx.log.info("too late")

    threading.Thread(target=run, daemon=True).start()


@command
def flood(count: int) -> int:
    for number in range(count):
        logger.info("%d", number)
    return count


@command
def log_endlessly(path: str) -> None:
    open(path, "w").close()
    while True:
        logger.info("again")


@command
def log_in_a_finalizer(count: int) -> int:
    """A finalizer runs anywhere, also while a record is being written."""

    class Cycle:
        def __init__(self) -> None:
            self.it = self

        def __del__(self) -> None:
            logger.info("finalized")

    for number in range(count):
        Cycle()
        logger.info("%d", number)
    return count


@command
def log_in_a_child() -> int:
    child = os.fork()
    if child == 0:
        logger.warning("in the child")
        print("by the child", flush=True)
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@command
def last_words() -> None:
    logger.error("the end")
    print("is near")
    os._exit(3)
