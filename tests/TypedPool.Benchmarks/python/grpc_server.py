"""The commands of the benchmark as a gRPC server on a Unix socket: `grpc_server.py aio|threads SOCKET`."""

from __future__ import annotations

import asyncio
import sys
from concurrent import futures
from typing import Any, AsyncIterator, Callable, Dict, Iterator, Tuple

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.wrappers_pb2 import BytesValue, Int32Value, StringValue
from work import count_primes, leave_with_host

THREADS = 10
OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def make_floats() -> Any:
    """The message `Floats { repeated double numbers = 1; }`, so that nothing has to be generated."""
    field = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="benchmark.proto", package="benchmark", syntax="proto3")
    file.message_type.add(name="Floats").field.add(name="numbers", number=1, type=field.TYPE_DOUBLE, label=field.LABEL_REPEATED)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName("benchmark.Floats"))


Floats = make_floats()
COMMANDS: Dict[str, Tuple[Callable[[Any], Any], Any, Any]] = {
    "echo": (lambda request: StringValue(value=request.value), StringValue, StringValue),
    "primes": (lambda request: Int32Value(value=count_primes(request.value)), Int32Value, Int32Value),
    "same_floats": (lambda request: Floats(numbers=list(request.numbers)), Floats, Floats),
    "same_bytes": (lambda request: BytesValue(value=request.value), BytesValue, BytesValue),
}


def numbers(request: Any, _: Any) -> Iterator[Any]:
    """Counts, a message a number."""
    for number in range(request.value):
        yield Int32Value(value=number)


async def numbers_aio(request: Any, _: Any) -> AsyncIterator[Any]:
    """The same on an event loop."""
    for number in range(request.value):
        yield Int32Value(value=number)


def as_async(call: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """A command as a handler of an asyncio server."""

    async def handle(request: Any, _: Any) -> Any:
        return call(request)

    return handle


def as_sync(call: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """A command as a handler of a server with threads."""
    return lambda request, _: call(request)


def handlers(wrap: Callable[[Callable[[Any], Any]], Callable[[Any, Any], Any]], stream: Any) -> Any:
    """The commands as a service."""
    return grpc.method_handlers_generic_handler(
        "benchmark.Commands",
        {
            "numbers": grpc.unary_stream_rpc_method_handler(stream, Int32Value.FromString, Int32Value.SerializeToString),
            **{
                name: grpc.unary_unary_rpc_method_handler(wrap(call), request.FromString, result.SerializeToString)
                for name, (call, request, result) in COMMANDS.items()
            },
        },
    )


async def serve_aio(address: str) -> None:
    """Serves on an event loop."""
    server = grpc.aio.server(options=OPTIONS)
    server.add_generic_rpc_handlers((handlers(as_async, numbers_aio),))
    server.add_insecure_port(address)
    await server.start()
    await server.wait_for_termination()


def serve_threads(address: str) -> None:
    """Serves on a pool of threads."""
    server = grpc.server(futures.ThreadPoolExecutor(THREADS), options=OPTIONS)
    server.add_generic_rpc_handlers((handlers(as_sync, numbers),))
    server.add_insecure_port(address)
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    leave_with_host()
    where = f"unix:{sys.argv[2]}"
    if sys.argv[1] == "aio":
        asyncio.run(serve_aio(where))
    else:
        serve_threads(where)
