using System.Reflection;
using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name in Python.</param>
/// <param name="Type">What it holds.</param>
/// <param name="HasDefault">Whether it need not be given.</param>
/// <param name="Default">The plain value that Python then takes.</param>
internal sealed record RecordField(string Name, InventedType Type, bool HasDefault, object? Default);

/// <summary>A class with fields. A plain value is an array with a plain value for each; <see cref="Absent"/> where it is not given.</summary>
/// <param name="fields">Its fields, those without a default first.</param>
/// <param name="isRecursive">Whether it has a list of its own kind beside them.</param>
internal sealed class RecordType(RecordField[] fields, bool isRecursive) : InventedType
{
    private const int MostLevels = 3;
    private string _name = "";

    /// <summary>What stands for a field that is not given.</summary>
    public static object Absent { get; } = new();

    public override IReadOnlyList<InventedType> Children => [.. fields.Select(each => each.Type)];

    public override Gen<object?> Values => Level(MostLevels);

    public override string Annotate(PythonModule module)
    {
        var annotations = fields.Select(field => field.Type.Annotate(module)).ToArray();
        if (module.IsNew(this, "R", out _name))
        {
            var lines = fields.Zip(annotations).Select(each => $"{each.First.Name}: {each.Second}{DefaultOf(each.First)}");
            module.Add($"@dataclass\nclass {_name}:\n    " + string.Join("\n    ", isRecursive ? [.. lines, $"more: list[{_name}] = field(default_factory=list)"] : lines));
        }

        return _name;
    }

    public override string Check(PythonModule module)
    {
        var name = Annotate(module);
        var checks = fields.Select(field => $" and {module.CheckOf(field.Type)}(v.{field.Name})");
        var more = isRecursive ? $" and type(v.more) is list and all(map({module.CheckOf(this)}, v.more))" : "";
        return $"type(v) is {name}{string.Concat(checks)}{more}";
    }

    public override string Python(object? plain)
    {
        var values = (object?[])plain!;
        var texts = fields.Select((field, index) =>
            $"{field.Name}={field.Type.PythonOf(ReferenceEquals(values[index], Absent) ? field.Default : values[index])}");
        return $"{_name}({string.Join(", ", isRecursive ? [.. texts, $"more=[{string.Join(", ", More(values).Select(Python))}]"] : texts)})";
    }

    public override object? ToCSharp(object? plain, Type target)
    {
        var values = (object?[])plain!;
        var record = Activator.CreateInstance(target)!;
        var properties = Properties(target);
        for (var i = 0; i < fields.Length; i++)
        {
            if (!ReferenceEquals(values[i], Absent))
            {
                Set(properties[i], fields[i].Type, values[i]);
            }
        }

        if (isRecursive)
        {
            Set(properties[^1], new ListType(this, "", "", ""), values[^1]);
        }

        return record;

        void Set(PropertyInfo property, InventedType type, object? value)
        {
            var isOptional = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>);
            var inner = isOptional ? property.PropertyType.GenericTypeArguments[0] : property.PropertyType;
            var made = type.CSharpOf(value, Nullable.GetUnderlyingType(inner) ?? inner);
            property.SetValue(record, isOptional ? Activator.CreateInstance(property.PropertyType, [made]) : made);
        }
    }

    public override object? ToPlain(object? value)
    {
        var properties = Properties(value!.GetType());
        var plain = fields.Select((field, index) => field.Type.ToPlain(properties[index].GetValue(value)));
        return isRecursive
            ? [.. plain, new ListType(this, "", "", "").ToPlain(properties[^1].GetValue(value))]
            : plain.ToArray();
    }

    public override IEnumerable<Part> Parts(object? plain)
    {
        var values = (object?[])plain!;
        return fields
            .Select((field, index) => new Part($"/{field.Name}", field.Type, values[index], part => values.Select((other, at) => at == index ? part : other).ToArray()))
            .Where(part => !ReferenceEquals(part.Value, Absent));
    }

    public override string ToString() => $"{{{string.Join(", ", fields.Select(field => $"{field.Name}: {field.Type}{(field.HasDefault ? " = …" : "")}"))}{(isRecursive ? ", …" : "")}}}";

    /// <summary>A default that the schema states where it can; a mutable one has to be made anew each time.</summary>
    private static string DefaultOf(RecordField field) =>
        !field.HasDefault ? ""
        : field.Type is { Children.Count: 0, IsNullable: false } || field.Default is null ? $" = {field.Type.Python(field.Default)}"
        : $" = field(default_factory=lambda: {field.Type.Python(field.Default)})";

    private Gen<object?> Level(int level)
    {
        var values = fields.Select(field => field.HasDefault ? Gen.Frequency((1, Gen.Const((object?)Absent)), (2, field.Type.Values)) : field.Type.Values);
        if (isRecursive)
        {
            var more = level == 0 ? Gen.Const((object?)Array.Empty<object?>()) : Level(level - 1).Array[0, 2].Select(items => (object?)items);
            values = values.Append(more);
        }

        return values.Aggregate(
            Gen.Const(Array.Empty<object?>()), (all, next) => Gen.Select(all, next, (items, item) => (object?[])[.. items, item])).Select(items => (object?)items);
    }

    private static object?[] More(object?[] values) => (object?[])values[^1]!;

    private static PropertyInfo[] Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken)];
}
