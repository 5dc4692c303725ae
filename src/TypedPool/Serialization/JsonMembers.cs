using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>What generated code does with members and arguments that a schema does not name, or that are absent.</summary>
[SuppressMessage("Design", "MA0016:Prefer using collection abstraction instead of implementation", Justification = "Generated code hands it on and keeps none of it.")]
public static class JsonMembers
{
    /// <summary>Reads a member that the schema does not name, to keep it.</summary>
    /// <typeparam name="T">What its value is.</typeparam>
    /// <param name="reader">Where to read: on the member's name.</param>
    /// <param name="members">The members kept so far; null where there are none yet. Of two of one name the last is kept.</param>
    /// <param name="value">Reads the value.</param>
    /// <exception cref="JsonMismatchException">The value is something else.</exception>
    public static void Keep<T>(ref Utf8JsonReader reader, ref Dictionary<string, T>? members, JsonReader<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var name = JsonRead.Name(ref reader);
        reader.Read();
        (members ??= new Dictionary<string, T>(StringComparer.Ordinal))[name] = value(ref reader);
    }

    /// <summary>The members that were kept.</summary>
    /// <typeparam name="T">What their values are.</typeparam>
    /// <param name="members">The members, which are not used otherwise any more; null for none.</param>
    /// <returns>The members.</returns>
    public static ValueMap<string, T> Kept<T>(Dictionary<string, T>? members) =>
        members is null ? ValueMap<string, T>.Empty : ValueMap<string, T>.Own(members);

    /// <summary>Writes members that the schema does not name, inside an object.</summary>
    /// <typeparam name="T">What their values are.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="members">The members.</param>
    /// <param name="value">Writes a value.</param>
    /// <param name="isDeclared">Whether the schema names a member: it would stand twice.</param>
    /// <exception cref="JsonMismatchException">They are null, a name is declared, or a name or a value cannot travel.</exception>
    public static void Write<T>(Utf8JsonWriter writer, ValueMap<string, T> members, JsonWriter<T> value, Func<string, bool> isDeclared)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(isDeclared);
        JsonWrite.Required(members, "an object");
        foreach (var (name, member) in members)
        {
            if (isDeclared(name))
            {
                throw new JsonMismatchException("members that the type does not declare", $"the member \"{name}\", which has a property of its own");
            }

            JsonWrite.Name(writer, name);
            value(writer, member);
        }
    }

    /// <summary>The error for an argument that is absent although a later one is given, where arguments go by position.</summary>
    /// <param name="parameter">The absent parameter.</param>
    /// <returns>An exception to throw.</returns>
    public static JsonMismatchException AbsentBeforeLater(string parameter) =>
        new($"the argument \"{parameter}\", because arguments go by position and a later one is given", "nothing");
}
