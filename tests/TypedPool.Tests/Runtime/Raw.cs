using System.Text.Json;
using TypedPool.Serialization;

namespace TypedPool.Tests.Runtime;

/// <summary>Calls without generated code: the arguments are any object, the result is any JSON.</summary>
internal static class Raw
{
    internal static async Task<JsonElement> CallAsync(
        this IPythonInvoker invoker, string command, object? arguments = null, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        await invoker.InvokeAsync(Command(command), arguments ?? new { }, options, cancellationToken);

    internal static PythonCommand<object, JsonElement> Command(string name, bool isIdempotent = false) =>
        new(name, (writer, value) => JsonSerializer.Serialize(writer, value), JsonRead.Element)
        {
            IsIdempotent = isIdempotent,
            Errors = [new DeclaredError("pool_commands.TooSmall", error => new TooSmallException(error))],
        };
}
