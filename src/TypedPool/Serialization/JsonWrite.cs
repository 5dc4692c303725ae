using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>
/// What generated writers are made of. A value that cannot travel exactly is a <see cref="JsonMismatchException"/>,
/// never something similar.
/// </summary>
public static partial class JsonWrite
{
    /// <summary>The longest text of a <see cref="double"/> ("-2.2250738585072014E-308"), with room for ".0".</summary>
    private const int LongestDouble = 32;

    /// <summary>How deep values may nest before anybody looks at the stack, which costs more than all else of a small record.</summary>
    private const int DepthWithoutLooking = 32;

    /// <summary>Writes a string.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The string.</param>
    /// <exception cref="JsonMismatchException">It is null or holds a lone surrogate.</exception>
    public static void String(Utf8JsonWriter writer, string value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Proven(value));
    }

    /// <summary>Writes a boolean.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The boolean.</param>
    public static void Boolean(Utf8JsonWriter writer, bool value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBooleanValue(value);
    }

    /// <summary>Writes an integer.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The integer.</param>
    public static void Int64(Utf8JsonWriter writer, long value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }

    /// <summary>
    /// Writes a number so that Python reads a <c>float</c>: with a point or an exponent, negative zero with its sign,
    /// and what JSON cannot write as the strings "NaN", "Infinity" and "-Infinity".
    /// </summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The number.</param>
    public static void Double(Utf8JsonWriter writer, double value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!double.IsFinite(value))
        {
            writer.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
            return;
        }

        if (IsFraction(value))
        {
            writer.WriteNumberValue(value);
            return;
        }

        Span<byte> text = stackalloc byte[LongestDouble];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (text[..length].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>Writes any JSON value.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonMismatchException">It is <c>default(JsonElement)</c>, which is no value.</exception>
    public static void Element(Utf8JsonWriter writer, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            throw new JsonMismatchException("a JSON value", "default(JsonElement)");
        }

        value.WriteTo(writer);
    }

    /// <summary>Writes an array.</summary>
    /// <typeparam name="T">What its items are.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The items.</param>
    /// <param name="item">Writes an item.</param>
    /// <exception cref="JsonMismatchException">It is null, or an item cannot travel.</exception>
    public static void List<T>(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonWriter<T> item)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(item);
        RequirePresent(value, "an array");
        writer.WriteStartArray();
        if (value is ValueList<T> list)
        {
            foreach (var each in list.AsSpan())
            {
                item(writer, each);
            }
        }
        else
        {
            for (var i = 0; i < value.Count; i++)
            {
                item(writer, value[i]);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes an object whose members are all of one type.</summary>
    /// <typeparam name="T">What its values are.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The members.</param>
    /// <param name="item">Writes a member's value.</param>
    /// <exception cref="JsonMismatchException">It is null, or a name or a value cannot travel.</exception>
    public static void Map<T>(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value, JsonWriter<T> item)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(item);
        RequirePresent(value, "an object");
        writer.WriteStartObject();
        if (value is ValueMap<string, T> map)
        {
            // Its own enumerator is no object.
            foreach (var (name, member) in map)
            {
                Name(writer, name);
                item(writer, member);
            }
        }
        else
        {
            foreach (var (name, member) in value)
            {
                Name(writer, name);
                item(writer, member);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Demands that a value of a reference type is there.</summary>
    /// <param name="value">The value.</param>
    /// <param name="expected">What it should be, in words.</param>
    /// <exception cref="JsonMismatchException">It is null, or values nest more deeply than the stack has room for.</exception>
    public static void Required([NotNull] object? value, string expected)
    {
        RequirePresent(value, expected);
        RequireStack();
    }

    /// <summary>Demands that a value of a reference type is there, and that there is room to write what is in it.</summary>
    /// <param name="writer">Where it is to be written.</param>
    /// <param name="value">The value.</param>
    /// <param name="expected">What it should be, in words.</param>
    /// <exception cref="JsonMismatchException">It is null, or values nest more deeply than the stack has room for.</exception>
    public static void Required(Utf8JsonWriter writer, [NotNull] object? value, string expected)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequirePresent(value, expected);
        if (writer.CurrentDepth >= DepthWithoutLooking)
        {
            RequireStack();
        }
    }

    /// <summary>The error for an enum value that the schema does not know.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>An exception to throw.</returns>
    public static JsonMismatchException Undefined<T>(T value)
        where T : struct, Enum =>
        new($"a member of {typeof(T).Name}", value.ToString());

    /// <summary>Writes the name of a member.</summary>
    internal static void Name(Utf8JsonWriter writer, string name) => writer.WritePropertyName(Proven(name));

    /// <summary>A type that contains itself is written by methods that call themselves.</summary>
    private static void RequireStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new JsonMismatchException("less nesting", "more than the stack has room for");
        }
    }

    /// <summary>What contains itself does so by way of a record or a union: these alone look at the stack.</summary>
    private static void RequirePresent([NotNull] object? value, string expected)
    {
        if (value is null)
        {
            throw new JsonMismatchException(expected, "null");
        }
    }

    /// <summary>Whether the shortest text of a number has a point or an exponent anyhow.</summary>
    private static bool IsFraction(double value) => double.IsFinite(value) && value != Math.Truncate(value);

    private static string Proven(string? value)
    {
        if (value is null)
        {
            throw new JsonMismatchException("a string", "null");
        }

        if (!SurrogateSearch.IsWithout(value))
        {
            RequirePairs(value);
        }

        return value;
    }

    private static void RequirePairs(ReadOnlySpan<char> surrogates)
    {
        while (surrogates.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var at)
        {
            if (Rune.DecodeFromUtf16(surrogates[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                throw new JsonMismatchException("a string of Unicode text", "a string with a lone surrogate");
            }

            surrogates = surrogates[(at + length)..];
        }
    }
}
