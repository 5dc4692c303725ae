"""The commands of the benchmark as a FastAPI application on a Unix socket: `fastapi_server.py SOCKET`."""

from __future__ import annotations

import sys
from typing import AsyncIterator, List

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from work import count_primes, leave_with_host

app = FastAPI()


class Text(BaseModel):
    """A text."""

    text: str


class Below(BaseModel):
    """Where to stop."""

    below: int


class Floats(BaseModel):
    """Numbers."""

    numbers: List[float]


@app.post("/echo", response_model=Text)
async def echo(given: Text) -> Text:
    """Returns what it is given."""
    return given


@app.post("/primes")
async def primes(given: Below) -> int:
    """Keeps the processor busy."""
    return count_primes(given.below)


@app.post("/same_floats", response_model=Floats)
async def same_floats(given: Floats) -> Floats:
    """Returns what it is given."""
    return given


@app.post("/same_bytes")
async def same_bytes(request: Request) -> Response:
    """Returns what it is given."""
    return Response(await request.body(), media_type="application/octet-stream")


@app.post("/numbers")
async def numbers(given: Below) -> StreamingResponse:
    """Counts, a line of JSON a number."""

    async def lines() -> AsyncIterator[bytes]:
        for number in range(given.below):
            yield b"%d\n" % number

    return StreamingResponse(lines(), media_type="application/jsonl")


if __name__ == "__main__":
    leave_with_host()
    uvicorn.run(app, uds=sys.argv[1], log_level="warning", access_log=False)
