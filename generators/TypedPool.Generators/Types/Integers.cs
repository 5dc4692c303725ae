using System.Numerics;

namespace TypedPool.Generators.Types;

/// <summary>Integers of every width, and which of them bounds ask for.</summary>
internal static class Integers
{
    public static readonly Scalar SByte = Integer("sbyte", "SByte");
    public static readonly Scalar Byte = Integer("byte", "Byte");
    public static readonly Scalar Int16 = Integer("short", "Int16");
    public static readonly Scalar UInt16 = Integer("ushort", "UInt16");
    public static readonly Scalar Int32 = Integer("int", "Int32");
    public static readonly Scalar UInt32 = Integer("uint", "UInt32");
    public static readonly Scalar Int64 = Integer("long", "Int64") with { HasMemberMethod = true };
    public static readonly Scalar UInt64 = Integer("ulong", "UInt64");
    public static readonly Scalar Big = Integer("global::System.Numerics.BigInteger", "BigInteger");

    private static readonly Dictionary<Scalar, (BigInteger Smallest, BigInteger Largest)> Ranges = new()
    {
        [SByte] = (sbyte.MinValue, sbyte.MaxValue),
        [Byte] = (byte.MinValue, byte.MaxValue),
        [Int16] = (short.MinValue, short.MaxValue),
        [UInt16] = (ushort.MinValue, ushort.MaxValue),
        [Int32] = (int.MinValue, int.MaxValue),
        [UInt32] = (uint.MinValue, uint.MaxValue),
        [Int64] = (long.MinValue, long.MaxValue),
        [UInt64] = (ulong.MinValue, ulong.MaxValue),
    };

    /// <summary>
    /// The type whose values are exactly those between two bounds; else the first of <c>long</c>, <c>ulong</c> and
    /// <c>BigInteger</c> that has them all. Without a bound, 64 bits are meant.
    /// </summary>
    public static Scalar Between(BigInteger? smallest, BigInteger? largest)
    {
        foreach (var row in Ranges)
        {
            if (row.Value.Smallest == smallest && row.Value.Largest == largest)
            {
                return row.Key;
            }
        }

        return Holds(Int64, smallest ?? 0) && Holds(Int64, largest ?? 0) ? Int64
            : smallest is { } least && Holds(UInt64, least) && largest is { } most && Holds(UInt64, most) ? UInt64
            : Big;
    }

    /// <summary>Whether a value of the type can be so small.</summary>
    public static bool CanBeLessThan(Scalar type, BigInteger bound) => !Ranges.TryGetValue(type, out var range) || range.Smallest < bound;

    /// <summary>Whether a value of the type can be so large.</summary>
    public static bool CanBeMoreThan(Scalar type, BigInteger bound) => !Ranges.TryGetValue(type, out var range) || range.Largest > bound;

    public static bool Holds(Scalar type, BigInteger value) =>
        !Ranges.TryGetValue(type, out var range) || (range.Smallest <= value && value <= range.Largest);

    private static Scalar Integer(string cSharp, string method) => new(cSharp, method, IsKey: true, Magnitude: Magnitude.Integer);
}
