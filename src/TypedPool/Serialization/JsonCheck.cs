using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>
/// What generated writers ask a value before they write it, where the schema allows not every value of the type. Each
/// method returns the writer, so that it can stand in its place.
/// </summary>
public static class JsonCheck
{
    /// <summary>Demands a value of at least <paramref name="bound"/>; NaN is none.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="writer">Where the value is to be written.</param>
    /// <param name="value">The value.</param>
    /// <param name="bound">The smallest that may pass.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">The value is less.</exception>
    public static Utf8JsonWriter AtLeast<T>(Utf8JsonWriter writer, T value, T bound)
        where T : IComparisonOperators<T, T, bool> =>
        value >= bound ? writer : throw Mismatch("at least", bound, value);

    /// <summary>Demands a value of more than <paramref name="bound"/>; NaN is none.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="writer">Where the value is to be written.</param>
    /// <param name="value">The value.</param>
    /// <param name="bound">The largest that may not pass.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">The value is not more.</exception>
    public static Utf8JsonWriter MoreThan<T>(Utf8JsonWriter writer, T value, T bound)
        where T : IComparisonOperators<T, T, bool> =>
        value > bound ? writer : throw Mismatch("more than", bound, value);

    /// <summary>Demands a value of at most <paramref name="bound"/>; NaN is none.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="writer">Where the value is to be written.</param>
    /// <param name="value">The value.</param>
    /// <param name="bound">The largest that may pass.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">The value is more.</exception>
    public static Utf8JsonWriter AtMost<T>(Utf8JsonWriter writer, T value, T bound)
        where T : IComparisonOperators<T, T, bool> =>
        value <= bound ? writer : throw Mismatch("at most", bound, value);

    /// <summary>Demands a value of less than <paramref name="bound"/>; NaN is none.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="writer">Where the value is to be written.</param>
    /// <param name="value">The value.</param>
    /// <param name="bound">The smallest that may not pass.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">The value is not less.</exception>
    public static Utf8JsonWriter LessThan<T>(Utf8JsonWriter writer, T value, T bound)
        where T : IComparisonOperators<T, T, bool> =>
        value < bound ? writer : throw Mismatch("less than", bound, value);

    /// <summary>Demands a whole number of times <paramref name="factor"/>; NaN and the infinities are none.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="writer">Where the value is to be written.</param>
    /// <param name="value">The value.</param>
    /// <param name="factor">The factor, more than 0.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">The value is no multiple.</exception>
    public static Utf8JsonWriter MultipleOf<T>(Utf8JsonWriter writer, T value, T factor)
        where T : INumberBase<T>, IModulusOperators<T, T, T> =>
        T.IsZero(value % factor) ? writer : throw Mismatch("a multiple of", factor, value);

    /// <summary>Demands a string of at least <paramref name="limit"/> characters, as Python counts them: code points.</summary>
    /// <param name="writer">Where the string is to be written.</param>
    /// <param name="value">The string; null passes, since its writer refuses it.</param>
    /// <param name="limit">How many.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">There are fewer.</exception>
    public static Utf8JsonWriter MinLength(Utf8JsonWriter writer, string? value, int limit) =>
        value is null || (value.Length >= limit && CodePoints(value) >= limit) ? writer : throw Mismatch("at least", limit, value);

    /// <summary>Demands a string of at most <paramref name="limit"/> characters, as Python counts them: code points.</summary>
    /// <param name="writer">Where the string is to be written.</param>
    /// <param name="value">The string; null passes, since its writer refuses it.</param>
    /// <param name="limit">How many.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">There are more.</exception>
    public static Utf8JsonWriter MaxLength(Utf8JsonWriter writer, string? value, int limit) =>
        value is null || value.Length <= limit || CodePoints(value) <= limit ? writer : throw Mismatch("at most", limit, value);

    /// <summary>Demands at least <paramref name="limit"/> items, or members of a map.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="writer">Where the collection is to be written.</param>
    /// <param name="value">The collection; null passes, since its writer refuses it.</param>
    /// <param name="limit">How many there must be.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">There are fewer.</exception>
    public static Utf8JsonWriter MinItems<T>(Utf8JsonWriter writer, IReadOnlyCollection<T>? value, int limit) =>
        value is null || value.Count >= limit ? writer : throw Mismatch("at least", limit, value.Count);

    /// <summary>Demands at most <paramref name="limit"/> items, or members of a map.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="writer">Where the collection is to be written.</param>
    /// <param name="value">The collection; null passes, since its writer refuses it.</param>
    /// <param name="limit">How many there may be.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="JsonMismatchException">There are more.</exception>
    public static Utf8JsonWriter MaxItems<T>(Utf8JsonWriter writer, IReadOnlyCollection<T>? value, int limit) =>
        value is null || value.Count <= limit ? writer : throw Mismatch("at most", limit, value.Count);

    private static int CodePoints(string value)
    {
        var count = value.Length;
        foreach (var c in value)
        {
            // Each pair of surrogates is one; lone ones are refused by the writer.
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    private static JsonMismatchException Mismatch<T>(string words, T bound, T value) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{words} {bound}"), string.Create(CultureInfo.InvariantCulture, $"the number {value}"));

    private static JsonMismatchException Mismatch(string words, int limit, string value) =>
        new(Counted(words, limit, "character"), Counted("a string of", CodePoints(value), "character"));

    private static JsonMismatchException Mismatch(string words, int limit, int count) =>
        new(Counted(words, limit, "item"), Counted("", count, "item"));

    private static string Counted(string words, int count, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{words} {count} {unit}{(count == 1 ? "" : "s")}").TrimStart();
}
