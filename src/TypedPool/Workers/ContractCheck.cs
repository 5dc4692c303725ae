using System.Text.Json;
using TypedPool.Telemetry;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>Holds the contract that a worker reports against the one that the pool's workers must have.</summary>
internal static class ContractCheck
{
    /// <summary>What the worker may add around the contract in its request.</summary>
    private const int EnvelopeBytes = 256;

    private static readonly JsonEncodedText Compare = JsonEncodedText.Encode("$/compare");

    /// <summary>Lets a worker pass, or says why not.</summary>
    /// <param name="worker">The worker, which has answered the handshake.</param>
    /// <param name="actual">The hash that it reported, or null.</param>
    /// <param name="settings">What workers of the pool share.</param>
    /// <returns>The hash of the contract that the worker keeps.</returns>
    /// <exception cref="SchemaMismatchException">Its contract is another, and not one that is allowed.</exception>
    internal static async Task<string?> PassAsync(Worker worker, string? actual, WorkerSettings settings)
    {
        if (settings.Contract is not { } expected || actual is null || string.Equals(expected.Hash, actual, StringComparison.Ordinal))
        {
            return actual;
        }

        var differences = await DifferencesAsync(worker.Connection, expected.Document, settings.MaxMessageBytes).ConfigureAwait(false);
        if (differences is { Count: 0 })
        {
            // The same in all that counts: another version of the bridge may hash it in another way.
            return expected.Hash;
        }

        if (differences is null || !settings.AllowCompatibleContract || differences.Any(difference => difference.IsBreaking))
        {
            throw SchemaMismatchException.Of(expected.Hash, actual, differences ?? []);
        }

        settings.Logger.CompatibleContract(worker.Id, actual, expected.Hash, string.Join("; ", differences));
        return expected.Hash;
    }

    /// <summary>What Python says of the two contracts; null where it cannot be asked or does not say.</summary>
    private static async ValueTask<IReadOnlyList<ContractDifference>?> DifferencesAsync(
        WorkerConnection connection, string? document, int maxMessageBytes)
    {
        if (document is null)
        {
            return null;
        }

        using var request = new RequestBuffer();
        var writer = request.Begin(Compare);
        writer.WriteStartObject();
        writer.WritePropertyName("contract"u8);
        try
        {
            writer.WriteRawValue(document);
        }
        catch (JsonException)
        {
            return null;
        }

        writer.WriteEndObject();
        request.End(session: null);
        if (request.MessageBytes > maxMessageBytes - EnvelopeBytes)
        {
            return null;
        }

        var answer = await connection.CallAsync(request, Timeout.InfiniteTimeSpan, JsonElement.ParseValue).ConfigureAwait(false);
        return answer.Error is null ? Read(answer.Result) : null;
    }

    private static List<ContractDifference>? Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("differences"u8, out var items) || items.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return items.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. items.EnumerateArray().Select(item => new ContractDifference(
                Text(item, "place"u8),
                Text(item, "change"u8),
                Text(item, "old"u8),
                Text(item, "new"u8),
                !item.TryGetProperty("breaking"u8, out var breaking) || breaking.ValueKind != JsonValueKind.False,
                Text(item, "why"u8)))]
            : null;
    }

    private static string Text(JsonElement item, ReadOnlySpan<byte> name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
