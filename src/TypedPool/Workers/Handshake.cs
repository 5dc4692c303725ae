using System.Reflection;
using System.Text.Json;
using TypedPool.SharedMemory;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>The messages of <c>$/initialize</c>, <c>$/ping</c> and <c>$/shutdown</c>.</summary>
internal static class Handshake
{
    /// <summary>The version of the protocol that this host speaks.</summary>
    internal const int ProtocolVersion = 1;

    private static readonly JsonEncodedText Initialize = JsonEncodedText.Encode("$/initialize");
    private static readonly JsonEncodedText Ping = JsonEncodedText.Encode("$/ping");
    private static readonly JsonEncodedText Shutdown = JsonEncodedText.Encode("$/shutdown");

    private static readonly string Host = "TypedPool/" + typeof(Handshake).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>Introduces the host to the worker.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="workerId">The worker's id.</param>
    /// <param name="settings">What workers of the pool share.</param>
    /// <returns>What the worker says of itself, or its error.</returns>
    internal static async ValueTask<CallOutcome<JsonElement>> InitializeAsync(
        WorkerConnection connection, string workerId, WorkerSettings settings)
    {
        using var request = new RequestBuffer();
        var writer = request.Begin(Initialize);
        writer.WriteStartObject();
        writer.WriteNumber("protocol"u8, ProtocolVersion);
        writer.WriteString("host"u8, Host);
        writer.WriteString("workerId"u8, workerId);
        writer.WriteStartObject("limits"u8);
        writer.WriteNumber("maxMessageBytes"u8, settings.MaxMessageBytes);
        writer.WriteEndObject();
        if (settings.Contract is not null)
        {
            writer.WriteString("contract"u8, settings.Contract.Hash);
        }

        writer.WriteStartObject("capabilities"u8);
        writer.WriteBoolean("attachments"u8, value: true);
        if (settings.Memory?.TryOffer(out var segment, out var text) == true)
        {
            writer.WriteStartObject("memory"u8);
            writer.WriteString("folder"u8, SegmentPool.Folder);
            writer.WriteString("segment"u8, segment);
            writer.WriteString("holds"u8, text);
            writer.WriteEndObject();
        }

        if (settings.Hosts.Count > 0)
        {
            writer.WriteStartArray("hosts"u8);
            foreach (var host in settings.Hosts)
            {
                writer.WriteStringValue(host.Name);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        request.End(session: null);
        return await connection.CallAsync(request, Timeout.InfiniteTimeSpan, JsonElement.ParseValue).ConfigureAwait(false);
    }

    /// <summary>Asks the worker for a sign of life.</summary>
    /// <param name="connection">The open connection.</param>
    /// <returns>The answer.</returns>
    internal static async ValueTask<CallOutcome<JsonElement>> PingAsync(WorkerConnection connection)
    {
        // A worker that is being pinged may be given a call, whose caller is to read by himself.
        using var request = Request(Ping);
        return await connection.CallInBackgroundAsync(request, JsonElement.ParseValue).ConfigureAwait(false);
    }

    /// <summary>Asks the worker to leave.</summary>
    /// <param name="connection">The open connection.</param>
    /// <returns>The answer.</returns>
    internal static async ValueTask<CallOutcome<JsonElement>> ShutdownAsync(WorkerConnection connection)
    {
        using var request = Request(Shutdown);
        return await connection.CallInBackgroundAsync(request, JsonElement.ParseValue).ConfigureAwait(false);
    }

    private static RequestBuffer Request(JsonEncodedText method)
    {
        var request = new RequestBuffer();
        var writer = request.Begin(method);
        writer.WriteStartObject();
        writer.WriteEndObject();
        request.End(session: null);
        return request;
    }
}
