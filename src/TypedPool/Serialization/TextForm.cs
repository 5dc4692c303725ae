namespace TypedPool.Serialization;

/// <summary>What a string may be, as far as its form tells. No string is of two forms.</summary>
public enum TextForm
{
    /// <summary>Of none of these forms.</summary>
    None,

    /// <summary>A decimal number: <c>-1.50</c>.</summary>
    Decimal,

    /// <summary>A date: <c>2026-01-31</c>.</summary>
    DateOnly,

    /// <summary>A time of day: <c>12:00:00</c>.</summary>
    TimeOnly,

    /// <summary>A date and time without an offset: <c>2026-01-31T12:00:00</c>.</summary>
    DateTime,

    /// <summary>A moment: <c>2026-01-31T12:00:00Z</c>.</summary>
    DateTimeOffset,

    /// <summary>A duration: <c>-PT1S</c>.</summary>
    TimeSpan,

    /// <summary>A UUID.</summary>
    Guid,
}
