using System.Globalization;
using System.Reflection;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>One of a few values: an enum or a literal. A plain value is its index.</summary>
/// <param name="values">The values as Python expressions.</param>
/// <param name="enumBase">The class that the enum derives from; null for a literal.</param>
internal sealed class ChoiceType(string[] values, string? enumBase) : InventedType
{
    private string _name = "";

    public override Gen<object?> Values { get; } = Gen.Int[0, values.Length - 1].Select(index => (object?)index);

    public override bool IsHashable => true;

    public override IReadOnlyList<Outsider> Outsiders => [new("'something else'", IsClosed ? target => Enum.ToObject(target, 1_000_003) : null)];

    /// <summary>Whether C# has an enum for it, and not a struct around a value of any kind.</summary>
    private bool IsClosed => values.All(IsText) || values.All(value => long.TryParse(value, CultureInfo.InvariantCulture, out _));

    public override string Annotate(PythonModule module)
    {
        if (enumBase is null)
        {
            return $"typing.Literal[{string.Join(", ", values)}]";
        }

        if (module.IsNew(this, "E", out _name))
        {
            module.Add($"class {_name}({enumBase}):\n" + string.Concat(values.Select((value, index) => $"    M{index} = {value}\n")));
        }

        return _name;
    }

    public override string Check(PythonModule module) =>
        enumBase is null ? $"any(type(v) is type(x) and v == x for x in [{string.Join(", ", values)}])" : $"type(v) is {Annotate(module)}";

    public override string Python(object? plain) => enumBase is null ? values[(int)plain!] : $"{_name}.M{plain}";

    public override string? NameOf(object? plain) => IsClosed ? values[(int)plain!].Trim('\'') : null;

    public override object? ToCSharp(object? plain, Type target) => Members(target)[(int)plain!];

    public override object? ToPlain(object? value) => Array.IndexOf(Members(value!.GetType()), value);

    public override string ToString() => enumBase ?? "Literal";

    private static bool IsText(string value) => value[0] == '\'';

    private static object?[] Members(Type type) => type.IsEnum
        ? [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null))]
        : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Static).OrderBy(property => property.MetadataToken).Select(property => property.GetValue(null))];
}
