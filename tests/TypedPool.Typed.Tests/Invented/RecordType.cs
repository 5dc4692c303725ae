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
/// <param name="style">What kind of class it is.</param>
/// <param name="isRecursive">Whether it has a list of its own kind beside them.</param>
/// <param name="tag">What tells it apart in a union, or null.</param>
internal sealed class RecordType(RecordField[] fields, RecordStyle style, bool isRecursive = false, string? tag = null) : InventedType
{
    private const int MostLevels = 3;
    private const string TagProperty = "Kind";

    private string _name = "";

    /// <summary>What stands for a field that is not given.</summary>
    public static object Absent { get; } = new();

    public override IReadOnlyList<InventedType> Children => [.. fields.Select(each => each.Type)];

    public override bool IsHashable =>
        style is RecordStyle.FrozenDataclass or RecordStyle.NamedTuple or RecordStyle.FrozenAttrs or RecordStyle.FrozenModel && !isRecursive && fields.All(each => each.Type.IsHashable);

    public override bool IsMadeByLibrary => style is RecordStyle.Model or RecordStyle.FrozenModel or RecordStyle.ModelDataclass;

    public override Gen<object?> Values => Level(MostLevels);

    private bool IsDictionary => style == RecordStyle.TypedDict;

    private ListType More => new(this, "", "", "[{0}]");

    public override string Annotate(PythonModule module)
    {
        var annotations = fields.Select(field => field.Type.Annotate(module)).ToArray();
        if (module.IsNew(this, "R", out _name))
        {
            module.Add(RecordText.Class(_name, style, fields, annotations, isRecursive, tag));
        }

        return _name;
    }

    public override string Check(PythonModule module)
    {
        var name = Annotate(module);
        if (IsDictionary)
        {
            var members = fields.Select(field => $" and ({(field.HasDefault ? $"'{field.Name}' not in v or " : "")}{module.CheckOf(field.Type)}(v['{field.Name}']))");
            return $"type(v) is dict and set(v) <= {{{string.Join(", ", fields.Select(field => $"'{field.Name}'"))}}}{string.Concat(members)}";
        }

        var checks = fields.Select(field => $" and {module.CheckOf(field.Type)}(v.{field.Name})");
        var more = isRecursive ? $" and type(v.more) is list and all(map({module.CheckOf(this)}, v.more))" : "";
        return $"type(v) is {name}{string.Concat(checks)}{more}{(tag is null ? "" : $" and v.kind == '{tag}'")}";
    }

    public override string Python(object? plain)
    {
        var values = (object?[])plain!;
        var texts = fields
            .Select((field, index) => (field, value: ReferenceEquals(values[index], Absent) && !IsDictionary ? field.Default : values[index]))
            .Where(each => !ReferenceEquals(each.value, Absent))
            .Select(each => $"{each.field.Name}={each.field.Type.PythonOf(each.value)}");
        return $"{_name}({string.Join(", ", isRecursive ? [.. texts, $"more={More.Python(values[^1])}"] : texts)})";
    }

    public override object? ToCSharp(object? plain, Type target)
    {
        var values = (object?[])plain!;
        var record = Activator.CreateInstance(target)!;
        foreach (var (property, type, value) in PropertiesOf(target).Zip(Types, values).Where(each => !ReferenceEquals(each.Third, Absent)))
        {
            Properties.Set(record, property, type, value);
        }

        return record;
    }

    public override object? ToPlain(object? value) => PropertiesOf(value!.GetType()).Zip(Types).Select((each, index) =>
        IsDictionary && fields[index].HasDefault && !Properties.TryGet(value, each.First, out _) ? Absent
        : IsDictionary && Properties.TryGet(value, each.First, out var there) ? each.Second.ToPlain(there)
        : each.Second.ToPlain(each.First.GetValue(value))).ToArray();

    public override IEnumerable<Part> Parts(object? plain)
    {
        var values = (object?[])plain!;
        return fields
            .Select((field, index) => new Part($"/{field.Name}", field.Type, values[index], part => values.Select((other, at) => at == index ? part : other).ToArray()))
            .Where(part => !ReferenceEquals(part.Value, Absent));
    }

    public override string ToString() =>
        $"{style}{{{string.Join(", ", fields.Select(field => $"{field.Name}: {field.Type}{(field.HasDefault ? " = …" : "")}"))}{(isRecursive ? ", …" : "")}}}";

    private IEnumerable<InventedType> Types => isRecursive ? [.. Children, More] : Children;

    private static IEnumerable<System.Reflection.PropertyInfo> PropertiesOf(Type type) =>
        Properties.Of(type).Where(property => property.Name != TagProperty);

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
}
