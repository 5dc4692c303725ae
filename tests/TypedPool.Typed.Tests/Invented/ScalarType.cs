using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>A type without parts whose plain values are those of C#.</summary>
/// <param name="annotation">The annotation in Python.</param>
/// <param name="check">A Python expression, true where <c>v</c> is such a value.</param>
/// <param name="values">Random values.</param>
/// <param name="python">A value as a Python expression.</param>
/// <param name="outsiders">Values just outside the domain.</param>
internal sealed class ScalarType<T>(
    string annotation, string check, Gen<T> values, Func<T, string> python, params Outsider[] outsiders) : InventedType
{
    public override bool IsNullable { get; init; }

    public override bool IsHashable => typeof(T) != typeof(System.Text.Json.JsonElement);

    /// <summary>Makes names of members of the values; null where a map cannot have such keys.</summary>
    public Func<T, string>? Name { get; init; }

    public override IReadOnlyList<Outsider> Outsiders => outsiders;

    public override Gen<object?> Values { get; } = values.Select(value => (object?)value);

    public override string Annotate(PythonModule module) => annotation;

    public override string Check(PythonModule module) => check;

    public override string Python(object? plain) => python((T)plain!);

    public override object? ToCSharp(object? plain, Type target) => plain;

    public override object? ToPlain(object? value) => (T)value!;

    public override string? NameOf(object? plain) => Name?.Invoke((T)plain!);

    public override string ToString() => annotation;
}
