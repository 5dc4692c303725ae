using System.Globalization;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>Reads schemas of arrays: lists, sets, tuples and arrays of several dimensions.</summary>
internal sealed class ArrayReader(SchemaReader schemas, SchemaDiagnostics diagnostics)
{
    public Shape Read(JsonNode schema)
    {
        if (Places(schema, out var rest) is { } places)
        {
            return ReadTuple(schema, places, rest);
        }

        if (Count(schema, "maxItems") == 0)
        {
            return Shape.Tuple([]);
        }

        if (schema["x-packed"] is { Kind: JsonKind.String } packing && Scalars.FindPacking(packing.Text) is { } packed)
        {
            return Shape.Of(packed);
        }

        var item = schema["items"] is { } items ? schemas.ReadItem(items) : Shape.Element;

        // Two of JsonElement cannot be told apart.
        return schema["uniqueItems"]?.Kind == JsonKind.True && item.IsTyped ? Shape.Set(item) : Shape.List(item);
    }

    /// <summary>Reads an array of any number of dimensions.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="array">What it says of the array: <c>x-ndarray</c>.</param>
    public Shape ReadNdArray(JsonNode schema, JsonNode array)
    {
        var dtype = array.Is(JsonKind.Object, diagnostics) ? array.Required("dtype", JsonKind.String, diagnostics) : null;
        if (dtype is null)
        {
            return Shape.Element;
        }

        var shape = array.Optional("shape", JsonKind.Array, diagnostics)?.Items.Select(Length).ToList();
        return Scalars.FindArray(dtype.Text, shape) is { } scalar
            ? Shape.Of(scalar)
            : schemas.Untyped(schema, $"an array of the unknown dtype \"{dtype.Text}\"");
    }

    private int Length(JsonNode length) =>
        length.Kind != JsonKind.Null && length.Is(JsonKind.Number, diagnostics)
        && int.TryParse(length.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>The schemas of the places, one by one, where an array has such; and what follows them, if the schema says.</summary>
    private static IReadOnlyList<JsonNode>? Places(JsonNode schema, out JsonNode? rest)
    {
        if (schema["prefixItems"] is { Kind: JsonKind.Array, Items.Count: > 0 } prefix)
        {
            rest = schema["items"];
            return prefix.Items;
        }

        // So it was up to draft 2019-09.
        rest = schema["additionalItems"];
        return schema["items"] is { Kind: JsonKind.Array } items ? items.Items : null;
    }

    private Shape ReadTuple(JsonNode schema, IReadOnlyList<JsonNode> places, JsonNode? rest)
    {
        var (least, most) = (Count(schema, "minItems"), Count(schema, "maxItems"));
        var length = places.Count;
        if ((least ?? length) != length || (most ?? length) != length)
        {
            return schemas.Untyped(schema, "an array of varying length with a schema for each place");
        }

        if (most is null && rest is { Kind: not JsonKind.False })
        {
            return schemas.Untyped(schema, $"an array that goes on after {Number(length)} places with a schema each");
        }

        if (most is null && rest is null)
        {
            diagnostics.Report(Causes.NotRepresented, schema, $"its length is taken to be {Number(length)}; \"minItems\" and \"maxItems\" would say so");
        }

        return Shape.Tuple([.. places.Select(schemas.ReadItem)]);
    }

    private static int? Count(JsonNode schema, string keyword) =>
        schema[keyword] is { Kind: JsonKind.Number } number
        && int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
