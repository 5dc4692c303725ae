using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>A value or None.</summary>
internal sealed class NullableType(InventedType item) : InventedType
{
    public override IReadOnlyList<InventedType> Children => [item];

    public override bool IsNullable { get; init; } = true;

    public override bool IsHashable => item.IsHashable;

    public override Gen<object?> Values { get; } = Gen.Frequency((1, Gen.Const((object?)null)), (4, item.Values));

    public override string Annotate(PythonModule module) => $"typing.Optional[{item.Annotate(module)}]";

    public override string Check(PythonModule module) => $"v is None or {module.CheckOf(item)}(v)";

    public override string Python(object? plain) => plain is null ? "None" : item.PythonOf(plain);

    public override object? ToCSharp(object? plain, Type target) =>
        plain is null ? null : item.CSharpOf(plain, Nullable.GetUnderlyingType(target) ?? target);

    public override object? ToPlain(object? value) => value is null ? null : item.ToPlain(value);

    public override IEnumerable<Part> Parts(object? plain) => plain is null ? [] : [new("", item, plain, part => part)];

    public override string ToString() => $"{item}?";
}
