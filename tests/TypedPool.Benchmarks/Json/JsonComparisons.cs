using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using TypedPool.Benchmarks.Generated;

namespace TypedPool.Benchmarks.Json;

/// <summary>Generated readers and writers against those of System.Text.Json's generator: the same bytes, values of one shape.</summary>
/// <param name="versus">Measures them.</param>
internal sealed class JsonComparisons(Versus versus)
{
    /// <summary>Both are given what a pool writes with.</summary>
    private static readonly JsonWriterOptions AsPoolsDo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Reads and writes an order with so many items.</summary>
    /// <param name="items">How many.</param>
    /// <returns>What was measured: reading, then writing.</returns>
    internal async Task<IReadOnlyList<Comparison>> OfAsync(int items)
    {
        var twin = Twin(items);
        var json = JsonSerializer.SerializeToUtf8Bytes(twin, TwinContext.Default.TwinOrder);
        var order = Read(json);
        using var writer = new Utf8JsonWriter(_buffer, AsPoolsDo);
        Write(writer, () => PythonCommandsJson.WriteOrder(writer, order));
        if (!JsonElement.DeepEquals(JsonElement.Parse(_buffer.WrittenSpan), JsonElement.Parse(json)))
            throw new InvalidDataException("The two do not write the same.");

        return
        [
            await versus.CompareAsync(
                new JsonContender("System.Text.Json reads", () => JsonSerializer.Deserialize(json, TwinContext.Default.TwinOrder)),
                new JsonContender("TypedPool reads", () => Read(json)), json.Length, json.Length),
            await versus.CompareAsync(
                new JsonContender("System.Text.Json writes", () => Write(writer, () => JsonSerializer.Serialize(writer, twin, TwinContext.Default.TwinOrder))),
                new JsonContender("TypedPool writes", () => Write(writer, () => PythonCommandsJson.WriteOrder(writer, order))), json.Length, json.Length),
        ];
    }

    private static Order Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return PythonCommandsJson.ReadOrder(ref reader);
    }

    private void Write(Utf8JsonWriter writer, Action write)
    {
        _buffer.ResetWrittenCount();
        writer.Reset(_buffer);
        write();
        writer.Flush();
    }

    internal static TwinOrder Twin(int items) => new()
    {
        Id = 9_007_199_254_740_993,
        Customer = "Ada Lovelace",
        Paid = true,
        Note = null,
        Items = [.. Enumerable.Range(0, items).Select(i => new TwinItem { Name = $"thing {i}", Count = i, Price = i + 0.25, Tags = ["red", "grün"] })],
        ByName = Enumerable.Range(0, items).ToDictionary(i => $"thing {i}", i => (long)i, StringComparer.Ordinal),
    };
}
