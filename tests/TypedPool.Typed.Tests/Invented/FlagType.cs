using System.Globalization;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Bits with names. A plain value is their number.</summary>
/// <param name="count">How many there are.</param>
/// <param name="flagBase">The class that it derives from in Python.</param>
internal sealed class FlagType(int count, string flagBase) : InventedType
{
    private string _name = "";

    public override bool IsHashable => true;

    public override IReadOnlyList<Outsider> Outsiders => [new("'M0'", target => Enum.ToObject(target, 1L << count))];

    public override Gen<object?> Values { get; } = Gen.Long[0, (1L << count) - 1].Select(bits => (object?)bits);

    public override string Annotate(PythonModule module)
    {
        if (module.IsNew(this, "F", out _name))
        {
            module.Add($"class {_name}({flagBase}):\n" + string.Concat(Enumerable.Range(0, count).Select(bit => $"    M{bit} = {1L << bit}\n")));
        }

        return _name;
    }

    public override string Check(PythonModule module) => $"type(v) is {Annotate(module)}";

    public override string Python(object? plain) => $"{_name}({plain})";

    public override object? ToCSharp(object? plain, Type target) => Enum.ToObject(target, (long)plain!);

    public override object? ToPlain(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    public override string ToString() => $"{flagBase}[{count}]";
}
