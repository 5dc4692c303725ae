using System.Text.Json;

namespace TypedPool.Workers;

/// <summary>What a worker says in the handshake that it is capable of, beyond answering.</summary>
/// <param name="Started">Where it counts the calls that it starts; null where it does not.</param>
/// <param name="Stacks">Where it writes its stacks when asked; null where it does not.</param>
/// <param name="Cancel">Whether it stops a running call when asked.</param>
/// <param name="Attachments">Whether it sends and takes attachments.</param>
/// <param name="Prefetch">Whether it looks for cancellations before it starts a call, where it is told how many there are.</param>
/// <param name="Memory">Whether it reaches the memory that it was offered.</param>
internal sealed record WorkerCapabilities(string? Started, string? Stacks, bool Cancel, bool Attachments, bool Prefetch, bool Memory = false)
{
    /// <summary>Reads the capabilities.</summary>
    /// <param name="initialized">The answer to <c>$/initialize</c>.</param>
    /// <returns>The capabilities; what is not understood is not there.</returns>
    internal static WorkerCapabilities Of(JsonElement initialized) =>
        initialized.TryGetProperty("capabilities"u8, out var told) && told.ValueKind == JsonValueKind.Object
            ? new WorkerCapabilities(Text(told, "started"u8), Text(told, "stacks"u8), Flag(told, "cancel"u8), Flag(told, "attachments"u8), Flag(told, "prefetch"u8), Flag(told, "memory"u8))
            : new WorkerCapabilities(null, null, Cancel: false, Attachments: false, Prefetch: false);

    private static string? Text(JsonElement told, ReadOnlySpan<byte> name) =>
        told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Flag(JsonElement told, ReadOnlySpan<byte> name) => told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
