using System.Globalization;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>Reads <c>enum</c> and <c>const</c>.</summary>
internal sealed class EnumReader(SchemaDiagnostics diagnostics)
{
    private const string NamesKeyword = "x-enumNames";

    public Shape Read(SchemaReader schemas, JsonNode schema, IReadOnlyList<JsonNode> values, JsonNode place)
    {
        var real = values.Where(value => value.Kind != JsonKind.Null).ToList();
        if (real.Count == 0)
        {
            return values.Count > 0 ? Shape.Null : schemas.Untyped(schema, "an enum without values");
        }

        var shape = ReadReal(schemas, schema, real, Names(schema, values, place));
        return real.Count < values.Count ? shape.OrNull() : shape;
    }

    private static Shape ReadReal(
        SchemaReader schemas, JsonNode schema, List<JsonNode> values, Dictionary<JsonNode, string> names)
    {
        if (values.TrueForAll(value => value.Kind == JsonKind.String))
        {
            return schemas.Declare(new DeclaredEnum(schema, [.. Distinct(values).Select(Text)], ChoiceBase.String));
        }

        if (values.TrueForAll(value => value.Kind is JsonKind.True or JsonKind.False))
        {
            return Shape.Boolean;
        }

        if (values.TrueForAll(value => value.Kind == JsonKind.Number && TryInteger(value, out _)))
        {
            return schemas.Declare(new DeclaredEnum(schema, [.. DistinctNumbers(values.Select(Integer))], ChoiceBase.Integer));
        }

        if (values.Exists(value => value.Kind is JsonKind.Array or JsonKind.Object || (value.Kind == JsonKind.Number && !TryNumber(value, out _))))
        {
            return schemas.Untyped(schema, "an enum of arrays, objects, or numbers that no 64 bits hold");
        }

        var @base = values.TrueForAll(value => value.Kind == JsonKind.Number) ? ChoiceBase.Number : ChoiceBase.Mixed;
        return schemas.Declare(new DeclaredEnum(schema, [.. DistinctChoices(values.Select(Mixed), @base)], @base));

        EnumValue Mixed(JsonNode value) => value.Kind switch
        {
            JsonKind.String => Text(value),
            JsonKind.Number when TryInteger(value, out _) => Integer(value),
            JsonKind.Number => new(value, names.TryGetValue(value, out var name) ? name : $"Value {value.Text}", value.Text, 0),
            _ => new(value, names.TryGetValue(value, out var name) ? name : value.Kind.ToString(), value.Kind.ToString(), 0),
        };

        EnumValue Text(JsonNode value) =>
            new(value, names.TryGetValue(value, out var name) ? name : value.Text, value.Text, 0);

        EnumValue Integer(JsonNode value)
        {
            TryInteger(value, out var number);
            return new(value, names.TryGetValue(value, out var name) ? name : $"Value {value.Text}", "", number);
        }
    }

    /// <summary>Reads the bits of flags: integers that are powers of two, or combinations of them.</summary>
    public Shape ReadFlags(SchemaReader schemas, JsonNode schema, JsonNode bits)
    {
        if (bits.Kind != JsonKind.Array || bits.Items.Any(item => !TryInteger(item, out var bit) || bit < 0))
        {
            diagnostics.Report(Causes.NotRepresented, bits, "x-flags is no array of integers that are not negative");
            return Shape.Of(Scalars.Int64);
        }

        var names = Names(schema, bits.Items, bits);
        return schemas.Declare(new DeclaredEnum(
            schema, [.. bits.Items.Select(item => new EnumValue(item, names.TryGetValue(item, out var name) ? name : $"Value {item.Text}", "", Number(item)))],
            ChoiceBase.Integer, isFlags: true));
    }

    private static long Number(JsonNode value) => TryInteger(value, out var number) ? number : 0;

    private Dictionary<JsonNode, string> Names(JsonNode schema, IReadOnlyList<JsonNode> values, JsonNode place)
    {
        var names = new Dictionary<JsonNode, string>();
        if (schema[NamesKeyword] is not { } given || ReferenceEquals(schema["const"], place))
        {
            return names;
        }

        if (given.Kind != JsonKind.Array
            || given.Items.Count != values.Count
            || given.Items.Any(item => item.Kind != JsonKind.String))
        {
            diagnostics.Report(Causes.EnumNames, given);
            return names;
        }

        for (var i = 0; i < values.Count; i++)
        {
            names[values[i]] = given.Items[i].Text;
        }

        return names;
    }

    private static IEnumerable<JsonNode> Distinct(IEnumerable<JsonNode> values) =>
        values.GroupBy(value => value.Text, StringComparer.Ordinal).Select(group => group.First());

    /// <summary>Also -0 and 0 are one.</summary>
    private static IEnumerable<EnumValue> DistinctNumbers(IEnumerable<EnumValue> values) =>
        values.GroupBy(value => value.Number).Select(group => group.First());

    private static IEnumerable<EnumValue> DistinctChoices(IEnumerable<EnumValue> values, ChoiceBase @base) => values
        .GroupBy(value => @base == ChoiceBase.Number && TryNumber(value.Place, out var number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : $"{value.Place.Kind} {value.Place.Text}", StringComparer.Ordinal)
        .Select(group => group.First());

    private static bool TryNumber(JsonNode value, out double number) =>
        double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsInfinity(number);

    private static bool TryInteger(JsonNode value, out long number) =>
        long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
