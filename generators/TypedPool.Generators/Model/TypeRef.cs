using TypedPool.Generators.Collections;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Model;

/// <summary>The C# type of a value, and how it is read and written.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Scalar">The type of a scalar.</param>
/// <param name="Name">The name of a type of its own.</param>
/// <param name="Parts">What it holds: the items of a list or set; those of a tuple one by one; a map's keys, then its values.</param>
/// <param name="IsNullable">Whether null is a value, too.</param>
/// <param name="Constraints">What a value is asked beside its type.</param>
internal sealed record TypeRef(
    ValueKind Kind,
    Scalar? Scalar = null,
    string Name = "",
    EquatableArray<TypeRef> Parts = default,
    bool IsNullable = false,
    EquatableArray<Constraint> Constraints = default)
{
    public static readonly TypeRef NoResult = new(ValueKind.Scalar, Scalars.Null);

    /// <summary>Whether C# asks a value something before it is written.</summary>
    public bool IsChecked => Constraints.Any(constraint => constraint.Method.Length > 0);

    public bool IsNull => Scalar == Scalars.Null;
}
