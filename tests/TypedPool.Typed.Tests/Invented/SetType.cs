using System.Collections;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Different values without an order. A plain value is a sorted array of plain items, no two of which are equal.</summary>
/// <param name="item">The items.</param>
/// <param name="kind">The class in Python.</param>
internal sealed class SetType(InventedType item, string kind) : InventedType
{
    private const int Largest = 4;

    public override IReadOnlyList<InventedType> Children => [item];

    public override bool IsHashable => kind == "frozenset";

    public override Gen<object?> Values { get; } = item.Values.Array[0, Largest].Select(items => (object?)Sorted(item, Distinct(item, items)));

    public override string Annotate(PythonModule module) => $"{kind}[{item.Annotate(module)}]";

    public override string Check(PythonModule module) => $"type(v) is {kind} and all(map({module.CheckOf(item)}, v))";

    public override string Python(object? plain) => $"{kind}([{string.Concat(((object?[])plain!).Select(each => item.PythonOf(each) + ", "))}])";

    public override object? ToCSharp(object? plain, Type target)
    {
        var type = target.GenericTypeArguments[0];
        var set = Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(type))!;
        foreach (var each in (object?[])plain!)
        {
            set.GetType().GetMethod("Add")!.Invoke(set, [item.CSharpOf(each, Nullable.GetUnderlyingType(type) ?? type)]);
        }

        return Collections.Of(target, set);
    }

    public override object? ToPlain(object? value) => Sorted(item, ((IEnumerable)value!).Cast<object?>().Select(item.ToPlain));

    public override string ToString() => $"{kind}[{item}]";

    private static object?[] Sorted(InventedType item, IEnumerable<object?> items) => [.. items.OrderBy(item.Python, StringComparer.Ordinal)];

    /// <summary>Without what Python and C# take for equal, as 0.0 and -0.0 are, whatever their expressions, and a default and nothing.</summary>
    private static IEnumerable<object?> Distinct(InventedType item, object?[] items) => items.DistinctBy(item.Python).Where((each, index) =>
        !items.Take(index).Any(other => !ReferenceEquals(each, other) && StructuralComparisons.StructuralEqualityComparer.Equals(each, other)));
}
