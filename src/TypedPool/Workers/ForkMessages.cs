using System.Text.Json;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>The messages of <c>$/fork</c> and <c>$/reap</c>, to the process that workers are forked from.</summary>
internal static class ForkMessages
{
    private const string Refused = "typedpool.ForkRefused";

    private static readonly JsonEncodedText Fork = JsonEncodedText.Encode("$/fork");
    private static readonly JsonEncodedText Reap = JsonEncodedText.Encode("$/reap");

    /// <summary>Has a worker forked.</summary>
    /// <param name="connection">The connection to the fork server.</param>
    /// <param name="token">The token with which the worker opens its channel.</param>
    /// <param name="input">Where the worker opens what becomes its standard input.</param>
    /// <param name="output">Where it opens its standard output.</param>
    /// <param name="error">Where it opens its standard error.</param>
    /// <returns>The worker's process id, which is its own until it is reaped.</returns>
    /// <exception cref="ForkRefusedException">The server must not be forked, or cannot be.</exception>
    /// <exception cref="WorkerStartException">This fork failed; another one may succeed.</exception>
    /// <exception cref="ChannelClosedException">The server has ended.</exception>
    internal static async ValueTask<int> ForkAsync(WorkerConnection connection, string token, string input, string output, string error)
    {
        using var request = new RequestBuffer();
        var writer = request.Begin(Fork);
        writer.WriteStartObject();
        writer.WriteString("token"u8, token);
        writer.WriteString("input"u8, input);
        writer.WriteString("output"u8, output);
        writer.WriteString("error"u8, error);
        writer.WriteEndObject();
        request.End(session: null);
        var answer = await connection.CallAsync(request, Timeout.InfiniteTimeSpan, JsonElement.ParseValue).ConfigureAwait(false);
        return answer.Error switch
        {
            null when Number(answer.Result, "pid"u8) is { } processId => processId,
            null => throw new WorkerStartException("The fork server has answered with no process."),
            { Type: Refused } refused => throw new ForkRefusedException(refused.Message),
            var failed => throw new WorkerStartException($"The worker could not be forked: {failed.Message}"),
        };
    }

    /// <summary>Asks for the exit code of a worker that has ended. Its process id may belong to another process afterwards.</summary>
    /// <param name="connection">The connection to the fork server.</param>
    /// <param name="processId">The worker's process id.</param>
    /// <returns>The exit code; null where it cannot be learnt.</returns>
    /// <exception cref="ChannelClosedException">The server has ended.</exception>
    internal static async Task<int?> ReapAsync(WorkerConnection connection, int processId)
    {
        using var request = new RequestBuffer();
        var writer = request.Begin(Reap);
        writer.WriteStartObject();
        writer.WriteNumber("pid"u8, processId);
        writer.WriteEndObject();
        request.End(session: null);
        var answer = await connection.CallAsync(request, Timeout.InfiniteTimeSpan, JsonElement.ParseValue).ConfigureAwait(false);
        return answer.Error is null ? Number(answer.Result, "exitCode"u8) : null;
    }

    private static int? Number(JsonElement result, ReadOnlySpan<byte> name) =>
        result.ValueKind == JsonValueKind.Object && result.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
