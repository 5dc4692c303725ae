using System.Reflection;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>One of several types that JSON or a tag tells apart. A plain value is the number of its case, and its plain value.</summary>
internal sealed class UnionType(InventedType[] cases) : InventedType
{
    public override IReadOnlyList<InventedType> Children => cases;

    public override IReadOnlyList<Outsider> Outsiders => [new("object()", null)];

    public override Gen<object?> Values { get; } =
        Gen.OneOf([.. cases.Select((each, index) => (IGen<object?>)each.Values.Select(value => (object?)new Chosen(index, value)))]);

    public override string Annotate(PythonModule module) => $"typing.Union[{string.Join(", ", cases.Select(each => each.Annotate(module)))}]";

    public override string Check(PythonModule module) => string.Join(" or ", cases.Select(each => $"{module.CheckOf(each)}(v)"));

    public override string Python(object? plain) => cases[Of(plain).Case].PythonOf(Of(plain).Value);

    public override object? ToCSharp(object? plain, Type target)
    {
        var make = Methods(target, BindingFlags.Static, "From")[Of(plain).Case];
        var type = make.GetParameters()[0].ParameterType;
        return make.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [cases[Of(plain).Case].CSharpOf(Of(plain).Value, type)], null);
    }

    public override object? ToPlain(object? value)
    {
        var asks = Methods(value!.GetType(), BindingFlags.Instance, "TryGet");
        for (var i = 0; i < asks.Length; i++)
        {
            object?[] arguments = [null];
            if ((bool)asks[i].Invoke(value, arguments)!)
            {
                return new Chosen(i, cases[i].ToPlain(arguments[0]));
            }
        }

        throw new InvalidDataException($"{value} is of no case.");
    }

    /// <summary>What is inside the case. The case itself is not: a value that is none of one may be one of another.</summary>
    public override IEnumerable<Part> Parts(object? plain) => cases[Of(plain).Case].Parts(Of(plain).Value)
        .Select(part => part with { Replace = inner => Of(plain) with { Value = part.Replace(inner) } });

    public override string ToString() => string.Join<InventedType>(" | ", cases);

    private static Chosen Of(object? plain) => (Chosen)plain!;

    private static MethodInfo[] Methods(Type type, BindingFlags kind, string prefix) =>
        [.. type.GetMethods(BindingFlags.Public | kind).Where(method => method.Name.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(method => method.MetadataToken)];

    /// <summary>A value of one case.</summary>
    private sealed record Chosen(int Case, object? Value);
}
