namespace TypedPool.Serialization;

/// <summary>
/// A value is not what the schema says. Generated code raises it through <see cref="JsonRead"/> and
/// <see cref="JsonWrite"/>; the pool adds the path and the command, and throws
/// <see cref="InvalidArgumentsException"/> or <see cref="InvalidResultException"/>.
/// </summary>
public sealed class JsonMismatchException : Exception
{
    internal JsonMismatchException(string expected, string found, long? offset = null)
        : base($"Expected {expected}, found {found}.")
    {
        Expected = expected;
        Found = found;
        Offset = offset;
    }

    /// <summary>What the schema asks for, in words.</summary>
    public string Expected { get; }

    /// <summary>What stands there instead, in words; never the whole of a long value.</summary>
    public string Found { get; }

    /// <summary>Where in the bytes that were being read, from their start; null while writing.</summary>
    internal long? Offset { get; }
}
