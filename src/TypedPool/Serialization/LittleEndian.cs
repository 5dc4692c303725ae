using System.Numerics;
using System.Runtime.CompilerServices;

namespace TypedPool.Serialization;

/// <summary>Numbers on the wire have their lowest byte first, whatever the machine has.</summary>
internal static class LittleEndian
{
    /// <summary>Turns numbers of the wire into the machine's own, or back, in place.</summary>
    /// <typeparam name="T">The numbers.</typeparam>
    /// <param name="bytes">Their bytes.</param>
    internal static void Convert<T>(Span<byte> bytes)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            Reverse(bytes, ComponentBytes<T>());
        }
    }

    /// <summary>Reverses the bytes of each number.</summary>
    /// <param name="bytes">The numbers.</param>
    /// <param name="size">How many bytes each has.</param>
    internal static void Reverse(Span<byte> bytes, int size)
    {
        for (var at = 0; size > 1 && at < bytes.Length; at += size)
        {
            bytes.Slice(at, size).Reverse();
        }
    }

    /// <summary>How many bytes belong to one number: a complex one is two.</summary>
    internal static int ComponentBytes<T>()
        where T : unmanaged => typeof(T) == typeof(Complex) ? sizeof(double) : Unsafe.SizeOf<T>();
}
