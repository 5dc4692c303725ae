using System.Text.Encodings.Web;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Members of a record: a name that is encoded once, and a value of a native type.</content>
public static partial class JsonWrite
{
    /// <summary>Encodes the name of a member as pools write it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name as JSON.</returns>
    public static JsonEncodedText Encoded(string name) => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>Writes a member that is a string.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The string.</param>
    /// <exception cref="JsonMismatchException">It is null or holds a lone surrogate.</exception>
    public static void String(Utf8JsonWriter writer, JsonEncodedText name, string value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is not null && SurrogateSearch.IsWithout(value))
        {
            writer.WriteString(name, value);
            return;
        }

        // What is refused is refused behind its name, which then is in the path.
        writer.WritePropertyName(name);
        String(writer, value!);
    }

    /// <summary>Writes a member that is a boolean.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The boolean.</param>
    public static void Boolean(Utf8JsonWriter writer, JsonEncodedText name, bool value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBoolean(name, value);
    }

    /// <summary>Writes a member that is an integer.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The integer.</param>
    public static void Int64(Utf8JsonWriter writer, JsonEncodedText name, long value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber(name, value);
    }

    /// <summary>Writes a member that is a number, as <see cref="Double(Utf8JsonWriter, double)"/> does.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The number.</param>
    public static void Double(Utf8JsonWriter writer, JsonEncodedText name, double value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (IsFraction(value))
        {
            writer.WriteNumber(name, value);
            return;
        }

        writer.WritePropertyName(name);
        Double(writer, value);
    }
}
