using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedPool.Serialization;

/// <summary>Holds an array's shape against the schema's, in which -1 stands for any length.</summary>
internal static class NdArrayShape
{
    /// <summary>Whether a shape is what the schema asks for.</summary>
    /// <param name="wanted">The schema's.</param>
    /// <param name="shape">The array's.</param>
    /// <returns>False where it is another.</returns>
    internal static bool Fits(ReadOnlySpan<int> wanted, ReadOnlySpan<int> shape)
    {
        var fits = wanted.Length == shape.Length;
        for (var i = 0; fits && i < wanted.Length; i++)
        {
            fits = wanted[i] == -1 || wanted[i] == shape[i];
        }

        return fits;
    }

    /// <summary>How many bytes the elements of a shape have; null where no memory holds them.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <param name="shape">The shape.</param>
    internal static long? Bytes<T>(ReadOnlySpan<int> shape)
    {
        var bytes = shape.Contains(0) ? 0 : (long)Unsafe.SizeOf<T>();
        foreach (var length in shape)
        {
            bytes *= length;
            if (bytes > Array.MaxLength)
            {
                return null;
            }
        }

        return bytes;
    }

    /// <summary>A shape as NumPy writes it, with a star for any length.</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>The text.</returns>
    internal static string Show(ReadOnlySpan<int> shape)
    {
        var lengths = new string[shape.Length];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = shape[i] == -1 ? "*" : shape[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"({string.Join(", ", lengths)}{(lengths.Length == 1 ? "," : "")})";
    }
}
