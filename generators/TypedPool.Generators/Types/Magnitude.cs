namespace TypedPool.Generators.Types;

/// <summary>How the values of a type are compared with the bounds of a schema.</summary>
internal enum Magnitude
{
    /// <summary>By Python alone, if at all.</summary>
    None,
    Integer,

    /// <summary>As <c>double</c>.</summary>
    Real,
    Decimal,
}
