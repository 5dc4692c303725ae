using System.Diagnostics.CodeAnalysis;

namespace TypedPool;

/// <summary>
/// An argument or a member that may be absent, where absent and null mean different things. <c>default</c> is absent;
/// any value, null included, converts by itself.
/// </summary>
/// <typeparam name="T">The value, nullable.</typeparam>
public readonly record struct Optional<T>
{
    private readonly T _value;

    /// <summary>A value that is there.</summary>
    /// <param name="value">The value.</param>
    public Optional(T value)
    {
        _value = value;
        HasValue = true;
    }

    /// <summary>Whether a value is there.</summary>
    public bool HasValue { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => HasValue ? _value : throw new InvalidOperationException("The value is absent.");

    /// <summary>A value that is there.</summary>
    /// <param name="value">The value.</param>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
    public static implicit operator Optional<T>(T value) => new(value);
}
