using System.Diagnostics.CodeAnalysis;

namespace TypedPool;

/// <summary>
/// Bytes that are equal to others where their content is, so that records of bytes compare by value; <see cref="ReadOnlyMemory{T}"/>
/// itself compares where its bytes are. The content is not copied, and must not change while a hash of it is in use.
/// </summary>
/// <param name="memory">The bytes.</param>
public readonly struct ValueBytes(ReadOnlyMemory<byte> memory) : IEquatable<ValueBytes>
{
    /// <summary>No bytes.</summary>
    public static ValueBytes Empty => default;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory { get; } = memory;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>How many there are.</summary>
    public int Length => Memory.Length;

    /// <summary>The bytes of an array, which is not copied.</summary>
    /// <param name="bytes">The array.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is one.")]
    public static implicit operator ValueBytes(byte[] bytes) => new(bytes);

    /// <summary>The bytes of a memory, which is not copied.</summary>
    /// <param name="memory">The memory.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is one.")]
    public static implicit operator ValueBytes(ReadOnlyMemory<byte> memory) => new(memory);

    /// <summary>The bytes themselves.</summary>
    /// <param name="bytes">The bytes.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The property Memory is one.")]
    public static implicit operator ReadOnlyMemory<byte>(ValueBytes bytes) => bytes.Memory;

    /// <summary>Whether the content is the same.</summary>
    /// <param name="left">Bytes.</param>
    /// <param name="right">Other bytes.</param>
    public static bool operator ==(ValueBytes left, ValueBytes right) => left.Equals(right);

    /// <summary>Whether the content differs.</summary>
    /// <param name="left">Bytes.</param>
    /// <param name="right">Other bytes.</param>
    public static bool operator !=(ValueBytes left, ValueBytes right) => !left.Equals(right);

    /// <summary>A copy of the bytes.</summary>
    /// <returns>The copy.</returns>
    public byte[] ToArray() => Memory.ToArray();

    /// <inheritdoc />
    public bool Equals(ValueBytes other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ValueBytes other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>How many bytes there are.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Length} bytes");
}
