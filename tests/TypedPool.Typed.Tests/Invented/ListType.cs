using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Many values in order. A plain value is an array of plain items.</summary>
/// <param name="item">The items.</param>
/// <param name="annotation">The annotation in Python, with {0} for that of the items.</param>
/// <param name="check">The Python class of the value.</param>
/// <param name="python">A value as a Python expression, with {0} for the items and commas between them.</param>
internal sealed class ListType(InventedType item, string annotation, string check, string python) : InventedType
{
    private const int Longest = 4;

    /// <summary>From how many numbers on a list travels as one row of bytes.</summary>
    private const int ShortestPacked = 64;

    public override IReadOnlyList<InventedType> Children => [item];

    public override bool IsHashable => check == "tuple" && item.IsHashable;

    public override Gen<object?> Values { get; } = (IsNumber(item)
        ? Gen.Frequency((6, item.Values.Array[0, Longest]), (2, item.Values.Array[ShortestPacked - 1, ShortestPacked + 1]), (1, item.Values.Array[3 * ShortestPacked]))
        : item.Values.Array[0, Longest]).Select(items => (object?)items);

    public override string Annotate(PythonModule module) => string.Format(annotation, item.Annotate(module));

    public override string Check(PythonModule module) => $"type(v) is {check} and all(map({module.CheckOf(item)}, v))";

    public override string Python(object? plain) =>
        string.Format(python, string.Concat(((object?[])plain!).Select(each => item.PythonOf(each) + ", ")));

    public override object? ToCSharp(object? plain, Type target)
    {
        var type = target.GenericTypeArguments[0];
        var items = (object?[])plain!;
        var array = Array.CreateInstance(type, items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            array.SetValue(item.CSharpOf(items[i], type), i);
        }

        return Collections.Of(target, array);
    }

    public override object? ToPlain(object? value) =>
        ((System.Collections.IEnumerable)value!).Cast<object?>().Select(item.ToPlain).ToArray();

    public override IEnumerable<Part> Parts(object? plain) => ((object?[])plain!).Select((each, index) =>
        new Part($"/{index}", item, each, part => ((object?[])plain!).Select((other, at) => at == index ? part : other).ToArray()));

    public override string ToString() => string.Format(annotation, item);

    private static bool IsNumber(InventedType item) => item == Leaves.Float || item == Leaves.Integer;
}
