namespace TypedPool.Generators.Types;

/// <summary>The ways in which values have a C# type, are read and are written.</summary>
internal enum ValueKind
{
    /// <summary>One JSON token, or any JSON at all: a row of <see cref="Scalars"/>.</summary>
    Scalar,
    List,

    /// <summary>A parameter whose items follow the arguments, one after the other.</summary>
    Stream,
    Set,
    Tuple,
    Map,

    /// <summary>A map whose keys JSON writes as numbers.</summary>
    NumberedMap,
    Record,
    Enum,

    /// <summary>A struct over one of a set of values that no C# enum can be.</summary>
    Choice,
    Union,
}
