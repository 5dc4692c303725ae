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

    public override IReadOnlyList<Outsider> Outsiders => [new("'something else'", target => Enum.ToObject(target, 1_000_003))];

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
        enumBase is null ? $"type(v) in (str, int) and v in [{string.Join(", ", values)}]" : $"type(v) is {Annotate(module)}";

    public override string Python(object? plain) => enumBase is null ? values[(int)plain!] : $"{_name}.M{plain}";

    public override object? ToCSharp(object? plain, Type target) => Members(target)[(int)plain!].GetValue(null);

    public override object? ToPlain(object? value) =>
        Array.FindIndex(Members(value!.GetType()), member => member.GetValue(null)!.Equals(value));

    public override string ToString() => enumBase ?? "Literal";

    private static FieldInfo[] Members(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static);
}
