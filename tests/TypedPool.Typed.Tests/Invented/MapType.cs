using System.Collections;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Values by key. A plain value is a sorted list of plain pairs, without two of one key.</summary>
/// <param name="key">The keys, which JSON can write as names.</param>
/// <param name="item">The values.</param>
internal sealed class MapType(InventedType key, InventedType item) : InventedType
{
    private const int Largest = 3;

    public override IReadOnlyList<InventedType> Children => [key, item];

    public override Gen<object?> Values { get; } = key.Values.Array[0, Largest].SelectMany(keys =>
    {
        var distinct = keys.DistinctBy(key.Python).OrderBy(key.Python, StringComparer.Ordinal).ToArray();
        return item.Values.Array[distinct.Length].Select(items => (object?)distinct.Zip(items).ToArray());
    });

    public override string Annotate(PythonModule module) => $"dict[{key.Annotate(module)}, {item.Annotate(module)}]";

    public override string Check(PythonModule module) =>
        $"type(v) is dict and all(map({module.CheckOf(key)}, v.keys())) and all(map({module.CheckOf(item)}, v.values()))";

    public override string Python(object? plain) =>
        "{" + string.Join(", ", Pairs(plain).Select(pair => $"{key.PythonOf(pair.First)}: {item.PythonOf(pair.Second)}")) + "}";

    public override object? ToCSharp(object? plain, Type target)
    {
        var (keyType, itemType) = (target.GenericTypeArguments[0], target.GenericTypeArguments[1]);
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(keyType, itemType))!;
        foreach (var (each, value) in Pairs(plain))
        {
            map.Add(key.CSharpOf(each, keyType)!, item.CSharpOf(value, itemType));
        }

        return Collections.Of(target, map);
    }

    public override object? ToPlain(object? value) => ((IEnumerable)value!).Cast<object>()
        .Select(pair => (key.ToPlain(Collections.Member(pair, "Key")), item.ToPlain(Collections.Member(pair, "Value"))))
        .OrderBy(pair => key.Python(pair.Item1), StringComparer.Ordinal)
        .ToArray();

    public override IEnumerable<Part> Parts(object? plain) => Pairs(plain).Select((pair, index) => new Part(
        "/" + key.NameOf(pair.First)!.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal),
        item,
        pair.Second,
        part => Pairs(plain).Select((other, at) => at == index ? (other.First, part) : other).ToArray()));

    public override string ToString() => $"dict[{key}, {item}]";

    private static (object? First, object? Second)[] Pairs(object? plain) => ((object?, object?)[])plain!;
}
