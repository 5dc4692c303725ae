using System.Runtime.CompilerServices;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>A tuple with a type for each place. A plain value is an array of plain items.</summary>
internal sealed class TupleType(InventedType[] items) : InventedType
{
    /// <summary>A longer one holds the others in a tuple of its own.</summary>
    private const int LongestValueTuple = 7;

    public override IReadOnlyList<InventedType> Children => items;

    public override bool IsHashable => items.All(item => item.IsHashable);

    public override IReadOnlyList<Outsider> Outsiders => [new("7", null)];

    public override Gen<object?> Values { get; } = items.Aggregate(
        Gen.Const(Array.Empty<object?>()), (all, next) => Gen.Select(all, next.Values, (before, value) => (object?[])[.. before, value])).Select(all => (object?)all);

    public override string Annotate(PythonModule module) =>
        items.Length == 0 ? "typing.Tuple[()]" : $"tuple[{string.Join(", ", items.Select(item => item.Annotate(module)))}]";

    public override string Check(PythonModule module) =>
        $"type(v) is tuple and len(v) == {items.Length}{string.Concat(items.Select((item, index) => $" and {module.CheckOf(item)}(v[{index}])"))}";

    public override string Python(object? plain) =>
        $"({string.Concat(((object?[])plain!).Zip(items).Select(each => each.Second.PythonOf(each.First) + ", "))})";

    public override object? ToCSharp(object? plain, Type target) => Make((object?[])plain!, 0, target);

    public override object? ToPlain(object? value)
    {
        var tuple = (ITuple)value!;
        return items.Select((item, index) => item.ToPlain(tuple[index])).ToArray();
    }

    public override IEnumerable<Part> Parts(object? plain) => ((object?[])plain!).Select((each, index) =>
        new Part($"/{index}", items[index], each, part => ((object?[])plain!).Select((other, at) => at == index ? part : other).ToArray()));

    public override string ToString() => $"({string.Join<InventedType>(", ", items)})";

    private object Make(object?[] plain, int from, Type target) => Activator.CreateInstance(target, [.. target.GenericTypeArguments.Select((type, index) =>
        index == LongestValueTuple ? Make(plain, from + index, type) : items[from + index].CSharpOf(plain[from + index], Nullable.GetUnderlyingType(type) ?? type))])!;
}
