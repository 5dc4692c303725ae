using System.Globalization;
using System.Numerics;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>Writes a schema's numbers as C#; null where the type has no such value.</summary>
internal static class Literals
{
    public static string? Integer(Scalar scalar, BigInteger? value)
    {
        if (value is not { } number || !Integers.Holds(scalar, number))
        {
            return null;
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        return scalar != Integers.Big || (Integers.Holds(Integers.Int64, number) && number != long.MinValue)
            ? text
            : $"{scalar.CSharp}.Parse(\"{text}\", global::System.Globalization.CultureInfo.InvariantCulture)";
    }

    public static string? Of(Scalar scalar, string text) => scalar.Magnitude == Magnitude.Decimal ? Decimal(text) : Real(text);

    public static BigInteger? WholeOrNull(string text) =>
        BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && !whole.IsZero ? whole : null;

    private static string? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && !double.IsNaN(number) && !double.IsInfinity(number)
            ? number.ToString("R", CultureInfo.InvariantCulture) + "d"
            : null;

    // A decimal that had to be rounded would be another bound.
    private static string? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && string.Equals(number.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal)
            ? text + "m"
            : null;
}
