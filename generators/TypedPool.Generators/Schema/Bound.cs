using System.Globalization;
using System.Numerics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>A bound as it stands in a schema.</summary>
/// <param name="Text">The number, or the value of a format.</param>
/// <param name="IsExclusive">Whether the bound itself is not allowed.</param>
internal sealed record Bound(string Text, bool IsExclusive)
{
    /// <summary>The smallest integer that meets this as a lower bound; null where it is no number.</summary>
    public BigInteger? Smallest => Round(Math.Ceiling) + (IsExclusive && IsWhole ? 1 : 0);

    /// <summary>The largest integer that meets this as an upper bound; null where it is no number.</summary>
    public BigInteger? Largest => Round(Math.Floor) - (IsExclusive && IsWhole ? 1 : 0);

    private bool IsWhole => Round(Math.Ceiling) == Round(Math.Floor);

    /// <summary>A bound with its exclusive twin, which in old drafts is a boolean beside it.</summary>
    public static Bound? Of(JsonNode schema, string inclusive, string exclusive)
    {
        var own = TextOf(schema[inclusive]);
        if (TextOf(schema[exclusive]) is { } other)
        {
            return new Bound(other, IsExclusive: true);
        }

        return own is null ? null : new Bound(own, schema[exclusive]?.Kind == JsonKind.True);
    }

    private static string? TextOf(JsonNode? node) => node is { Kind: JsonKind.Number or JsonKind.String } ? node.Text : null;

    private BigInteger? Round(Func<double, double> round)
    {
        if (BigInteger.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && !double.IsNaN(number) && !double.IsInfinity(number)
                ? new BigInteger(round(number))
                : null;
    }
}
