using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>Writes keys of maps as the names of members: their JSON text, without quotes.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The writer holds nothing but memory, which the thread keeps.")]
internal sealed class KeyWriter
{
    private const int UsualKey = 64;
    private const int LargestKept = 4096;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>One that no key is being written with; a key holds no map, so one a thread is enough.</summary>
    [ThreadStatic]
    private static KeyWriter? _free;

    private readonly ArrayBufferWriter<byte> _buffer = new(UsualKey);
    private readonly Utf8JsonWriter _json;

    private KeyWriter() => _json = new Utf8JsonWriter(_buffer, Options);

    /// <summary>Writes the name of a member.</summary>
    /// <typeparam name="TKey">What the key is.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="key">The key.</param>
    /// <param name="write">Writes it as a string or a number.</param>
    internal static void Write<TKey>(Utf8JsonWriter writer, TKey key, JsonWriter<TKey> write)
    {
        var names = _free ?? new KeyWriter();
        _free = null;
        names._buffer.ResetWrittenCount();
        names._json.Reset(names._buffer);
        write(names._json, key);
        names._json.Flush();
        Name(writer, names._buffer.WrittenSpan);
        _free = names._buffer.Capacity <= LargestKept ? names : null;
    }

    private static void Name(Utf8JsonWriter writer, ReadOnlySpan<byte> key)
    {
        var reader = new Utf8JsonReader(key);
        reader.Read();
        if (reader.ValueIsEscaped)
        {
            writer.WritePropertyName(reader.GetString()!);
        }
        else
        {
            writer.WritePropertyName(reader.ValueSpan);
        }
    }
}
