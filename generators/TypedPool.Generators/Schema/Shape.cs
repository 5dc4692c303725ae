using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>What a JSON Schema comes to: the type of one value.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Scalar">The type of a scalar.</param>
/// <param name="Parts">What it holds: the items of a list or set; those of a tuple one by one; a map's keys, then its values.</param>
/// <param name="Declared">The type of its own.</param>
/// <param name="IsNullable">Whether null is a value, too.</param>
internal sealed record Shape(
    ValueKind Kind, Scalar? Scalar = null, IReadOnlyList<Shape>? Parts = null, DeclaredType? Declared = null, bool IsNullable = false)
{
    public static readonly Shape Element = Of(Scalars.Element);
    public static readonly Shape Null = Of(Scalars.Null);
    public static readonly Shape String = Of(Scalars.String);
    public static readonly Shape Boolean = Of(Scalars.Boolean);

    /// <summary>What it holds; empty where it has no parts.</summary>
    public IReadOnlyList<Shape> Parts { get; } = Parts ?? [];

    /// <summary>What a value is asked beside its type.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>How deep its parts nest.</summary>
    public int Depth { get; } = 1 + (Parts ?? []).Select(part => part.Depth).DefaultIfEmpty().Max();

    public bool IsNull => Scalar == Scalars.Null;

    /// <summary>Whether no part of the value is <c>JsonElement</c>.</summary>
    public bool IsTyped => Settled is var settled && settled.Scalar != Scalars.Element && settled.Parts.All(part => part.IsTyped);

    /// <summary>The same, a union as what it came to: see <see cref="UnionSettler"/>.</summary>
    public Shape Settled => Declared is DeclaredUnion { Outcome: { } outcome } ? (IsNullable ? outcome.OrNull() : outcome) : this;

    public static Shape Of(Scalar scalar) => new(ValueKind.Scalar, scalar);

    public static Shape List(Shape item) => new(ValueKind.List, Parts: [item]);

    public static Shape Set(Shape item) => new(ValueKind.Set, Parts: [item]);

    public static Shape Tuple(IReadOnlyList<Shape> items) => new(ValueKind.Tuple, Parts: items);

    /// <summary>An object whose members are all of one type.</summary>
    public static Shape Map(Shape key, Shape value) =>
        new(KeyReader.IsNumber(key) ? ValueKind.NumberedMap : ValueKind.Map, Parts: [key, value]);

    public static Shape Of(DeclaredType type) => new(type.Kind, Declared: type);

    /// <summary>The same type, of which a value is asked what both ask.</summary>
    public Shape Either(Shape same) => new(Kind, Scalar, [.. Parts.Zip(same.Parts, (own, its) => own.Either(its))], Declared, IsNullable)
    {
        Constraints = Constraints.SequenceEqual(same.Constraints) ? Constraints : [],
    };

    /// <summary>Whether this is the same type, whatever places it was read from, and whatever a value is asked there.</summary>
    public bool IsSame(Shape other) => Kind == other.Kind
        && Scalar == other.Scalar
        && ReferenceEquals(Declared, other.Declared)
        && IsNullable == other.IsNullable
        && Parts.Count == other.Parts.Count
        && Parts.Zip(other.Parts, (own, its) => own.IsSame(its)).All(same => same);

    /// <summary>Whether this takes every value of a set of strings or integers: the set says the same more narrowly.</summary>
    public bool Holds(Shape set) => !set.IsNullable && set.Declared is DeclaredEnum { Kind: ValueKind.Enum, IsFlags: false } narrow
        && (Declared is DeclaredEnum { Kind: ValueKind.Enum, IsFlags: false } wide
            ? narrow.Values.All(value => wide.Values.Any(known => (known.Text, known.Number) == (value.Text, value.Number)))
            : Scalar == (narrow.IsString ? Scalars.String : Scalars.Int64));

    /// <summary>The same or null; any value and null itself hold null already.</summary>
    public Shape OrNull() => Scalar == Scalars.Element || IsNull ? this : this with { IsNullable = true };
}
