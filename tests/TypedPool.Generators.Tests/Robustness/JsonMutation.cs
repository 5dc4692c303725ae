using System.Text.Json.Nodes;

namespace TypedPool.Generators.Tests.Robustness;

/// <summary>Changes a JSON document in ways that leave it JSON: values are moved, copied, renamed and replaced.</summary>
internal static class JsonMutation
{
    private static readonly string[] Words =
    [
        "type", "enum", "const", "anyOf", "oneOf", "allOf", "$ref", "items", "properties", "required", "additionalProperties", "default",
        "null", "string", "integer", "object", "array", "name", "schema", "params", "result", "errors", "x-type", "x-enumNames", "nullable",
        "#/components/schemas/Label", "#/components/schemas", "#", "#/methods/0", "", "class", "a\u0000b", "\u2028", "Equals", "description", "summary",
    ];

    public static string Mutate(string document, Random random)
    {
        var root = JsonNode.Parse(document)!;
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var all = Descendants(root).ToList();
            if (all.Count == 0)
            {
                break;
            }

            Change(all[random.Next(all.Count)], all, random);
        }

        return root.ToJsonString();
    }

    private static void Change((JsonNode Parent, string? Key, int Index) place, List<(JsonNode Parent, string? Key, int Index)> all, Random random)
    {
        var other = all[random.Next(all.Count)];
        var value = random.Next(7) switch
        {
            0 => JsonValue.Create(Words[random.Next(Words.Length)]),
            1 => JsonValue.Create(random.Next(-3, 3)),
            2 => (JsonNode?)null,
            3 => new JsonObject(),
            4 => new JsonArray(),
            5 => JsonValue.Create(random.Next(2) == 0),
            _ => Get(other)?.DeepClone(),
        };

        if (place.Parent is JsonObject parent)
        {
            switch (random.Next(3))
            {
                case 0:
                    parent.Remove(place.Key!);
                    break;
                case 1:
                    parent[place.Key!] = value;
                    break;
                default:
                    parent[Words[random.Next(Words.Length)]] = value;
                    break;
            }
        }
        else
        {
            var list = (JsonArray)place.Parent;
            if (random.Next(2) == 0)
            {
                list[place.Index] = value;
            }
            else
            {
                list.Add(value);
            }
        }
    }

    private static JsonNode? Get((JsonNode Parent, string? Key, int Index) place) =>
        place.Key is null ? place.Parent[place.Index] : place.Parent[place.Key];

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Descendants(JsonNode node)
    {
        var open = new Stack<JsonNode>([node]);
        while (open.Count > 0)
        {
            var parent = open.Pop();
            var children = parent is JsonObject members ? members.Select(member => (member.Value, Key: (string?)member.Key, Index: -1))
                : parent is JsonArray list ? list.Select((item, index) => (Value: item, Key: (string?)null, Index: index))
                : [];
            foreach (var (value, key, index) in children)
            {
                yield return (parent, key, index);
                if (value is not null)
                {
                    open.Push(value);
                }
            }
        }
    }
}
