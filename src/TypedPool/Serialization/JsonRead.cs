using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>
/// What generated readers are made of. Each method reads the value on which the reader stands and leaves the reader
/// on the value's last token; what is not of the wanted kind is a <see cref="JsonMismatchException"/>.
/// </summary>
public static partial class JsonRead
{
    private const int LongestShown = 40;

    /// <summary>A reader of the fields of a declared exception, standing on their first token.</summary>
    /// <param name="error">The exception.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="JsonMismatchException">The exception came without fields.</exception>
    public static Utf8JsonReader Fields(PythonError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.Fields.ValueKind == JsonValueKind.Undefined)
        {
            throw new JsonMismatchException("the fields of the exception", "none");
        }

        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(error.Fields), new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        return reader;
    }

    /// <summary>Reads a string.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The string.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a lone surrogate in the string.</exception>
    public static string String(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(ref reader, "a string");
        }

        return Text(ref reader);
    }

    /// <summary>Reads a boolean.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The boolean.</returns>
    /// <exception cref="JsonMismatchException">There is something else.</exception>
    public static bool Boolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(ref reader, "true or false"),
    };

    /// <summary>Reads an integer of 64 bits.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The integer.</returns>
    /// <exception cref="JsonMismatchException">There is something else, a fraction, or an integer out of range.</exception>
    public static long Int64(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
        {
            return value;
        }

        throw Unexpected(ref reader, "an integer of 64 bits");
    }

    /// <summary>Reads a number; the strings "NaN", "Infinity" and "-Infinity" stand for what JSON cannot write.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The number.</returns>
    /// <exception cref="JsonMismatchException">There is something else, or a number that no <see cref="double"/> holds.</exception>
    public static double Double(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
        {
            return value;
        }

        return NonFinite(ref reader, out value) ? value : throw Unexpected(ref reader, "a number");
    }

    /// <summary>Reads null.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="JsonMismatchException">There is something else.</exception>
    public static NoResult Null(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? default : throw Unexpected(ref reader, "null");

    /// <summary>Reads any value.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>The value, with memory of its own.</returns>
    public static JsonElement Element(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

    /// <summary>Reads an array.</summary>
    /// <typeparam name="T">What its items are.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <param name="item">Reads an item.</param>
    /// <returns>The items in order.</returns>
    /// <exception cref="JsonMismatchException">There is something else, there or in an item.</exception>
    public static ValueList<T> List<T>(ref Utf8JsonReader reader, JsonReader<T> item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Unexpected(ref reader, "an array");
        }

        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(item(ref reader));
        }

        return ValueList<T>.Own(items);
    }

    /// <summary>Reads an object whose members are all of one type.</summary>
    /// <typeparam name="T">What its values are.</typeparam>
    /// <param name="reader">Where to read.</param>
    /// <param name="value">Reads a value.</param>
    /// <returns>The members.</returns>
    /// <exception cref="JsonMismatchException">There is something else, there or in a value, or two members have one name.</exception>
    public static ValueMap<string, T> Map<T>(ref Utf8JsonReader reader, JsonReader<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        StartObject(ref reader);
        var members = new Dictionary<string, T>(StringComparer.Ordinal);
        while (NextProperty(ref reader))
        {
            var name = Text(ref reader);
            var text = reader.ValueSpan;
            reader.Read();
            var offset = reader.TokenStartIndex;
            if (!members.TryAdd(name, value(ref reader)))
            {
                throw RepeatedKey(text, offset);
            }
        }

        return ValueMap<string, T>.Own(members);
    }

    /// <summary>Demands that an object begins here.</summary>
    /// <param name="reader">Where to read.</param>
    /// <exception cref="JsonMismatchException">There is something else, or values nest more deeply than the stack has room for.</exception>
    public static void StartObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(ref reader, "an object");
        }

        // A type that contains itself is read by methods that call themselves, as deep as whoever sent the value likes.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JsonMismatchException("less nesting", "more than the stack has room for", reader.TokenStartIndex);
        }
    }

    /// <summary>Steps to the name of an object's next member.</summary>
    /// <param name="reader">Where to read.</param>
    /// <returns>False at the object's end.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Steps over a member that the schema does not know.</summary>
    /// <param name="reader">Where to read: on the member's name.</param>
    public static void SkipProperty(ref Utf8JsonReader reader)
    {
        IncomingAttachments.Current?.AllowUnused();
        reader.Read();
        reader.Skip();
    }

    /// <summary>The error for a value of the wrong kind.</summary>
    /// <param name="reader">Where the value stands.</param>
    /// <param name="expected">What should stand there, in words.</param>
    /// <returns>An exception to throw.</returns>
    public static JsonMismatchException Unexpected(ref Utf8JsonReader reader, string expected) =>
        new(expected, Describe(ref reader), reader.TokenStartIndex);

    /// <summary>The error for an object without a required member.</summary>
    /// <param name="reader">Where to read: on the object's end.</param>
    /// <param name="property">The missing member's name.</param>
    /// <returns>An exception to throw.</returns>
    public static JsonMismatchException Missing(ref Utf8JsonReader reader, string property) =>
        new($"the member \"{property}\"", "an object without it", reader.TokenStartIndex);

    /// <summary>The name of a member as text.</summary>
    internal static string Name(ref Utf8JsonReader reader) => Text(ref reader);

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonMismatchException(
                "a string of Unicode text", "a string with a lone surrogate or invalid UTF-8", reader.TokenStartIndex);
        }
    }

    private static string Describe(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.EndObject => "the end of an object",
        JsonTokenType.EndArray => "the end of an array",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => string.Create(CultureInfo.InvariantCulture, $"the number {Shown(reader.ValueSpan)}"),
        JsonTokenType.String => string.Create(CultureInfo.InvariantCulture, $"the string \"{Shown(reader.ValueSpan)}\""),
        _ => "nothing",
    };

    private static string Shown(ReadOnlySpan<byte> text) =>
        text.Length <= LongestShown ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..LongestShown]) + "…";
}
