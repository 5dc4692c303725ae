using System.Globalization;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

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
            return schemas.Declare(new DeclaredEnum(schema, [.. Distinct(values).Select(Text)], isString: true));
        }

        if (values.TrueForAll(value => value.Kind is JsonKind.True or JsonKind.False))
        {
            return Shape.Boolean;
        }

        if (values.TrueForAll(value => value.Kind == JsonKind.Number))
        {
            return values.TrueForAll(value => TryInteger(value, out _))
                ? schemas.Declare(new DeclaredEnum(schema, [.. DistinctNumbers(values.Select(Integer))], isString: false))
                : schemas.Untyped(schema, "an enum of numbers that are no integers of 64 bits");
        }

        return schemas.Untyped(schema, "an enum of values of several kinds");

        EnumValue Text(JsonNode value) =>
            new(value, names.TryGetValue(value, out var name) ? name : value.Text, value.Text, 0);

        EnumValue Integer(JsonNode value)
        {
            TryInteger(value, out var number);
            return new(value, names.TryGetValue(value, out var name) ? name : $"Value {value.Text}", "", number);
        }
    }

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

    private static bool TryInteger(JsonNode value, out long number) =>
        long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
