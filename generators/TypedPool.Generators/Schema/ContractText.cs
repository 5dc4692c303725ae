using System.Globalization;
using System.Text;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>
/// The reduced document: the very text whose hash is the contract (docs/schema.md, "Contract"). A worker with another
/// contract is sent it, and says what differs.
/// </summary>
internal sealed class ContractText
{
    private const string Null = """{"type":"null"}""";

    private readonly StringBuilder _text = new();

    private ContractText()
    {
    }

    /// <summary>The text, or null where the document is not built as Python writes it.</summary>
    public static string? Of(JsonNode root)
    {
        var text = new ContractText();
        return text.Document(root) ? text._text.ToString() : null;
    }

    private bool Document(JsonNode root)
    {
        var schemas = root["components"]?["schemas"];
        _text.Append('{');
        if (root["x-hosts"] is { Kind: JsonKind.Array, Items.Count: > 0 } hosts)
        {
            _text.Append("\"hosts\":{");
            if (!Named(hosts.Items, host => host["name"], Host))
            {
                return false;
            }

            _text.Append("},");
        }

        _text.Append("\"methods\":{");
        if (root["methods"] is not { Kind: JsonKind.Array } methods || schemas is not { Kind: JsonKind.Object }
            || !Named(methods.Items, method => method["name"], Method))
        {
            return false;
        }

        _text.Append("},\"schemas\":");
        Members(schemas, Schema);
        _text.Append('}');
        return true;
    }

    private bool Host(JsonNode host)
    {
        _text.Append('{');
        if (host["methods"] is not { Kind: JsonKind.Array } methods || !Named(methods.Items, method => method["name"], HostFunction))
        {
            return false;
        }

        _text.Append('}');
        return true;
    }

    private bool HostFunction(JsonNode function)
    {
        if (function["params"] is not { } parameters || function["result"]?["schema"] is not { } result)
        {
            return false;
        }

        _text.Append("{\"params\":");
        Schema(parameters);
        _text.Append(",\"result\":");
        Schema(result);
        _text.Append('}');
        return true;
    }

    private bool Method(JsonNode method)
    {
        _text.Append("{\"errors\":{");
        if (!Named(method["errors"]?.Items ?? [], error => error["code"], Error))
        {
            return false;
        }

        _text.Append("},\"idempotent\":").Append(method["x-idempotent"]?.Kind == JsonKind.True ? "true" : "false").Append(",\"params\":{");
        if (method["params"] is not { } parameters || !Named(parameters.Items, parameter => parameter["name"], Parameter)
            || method["result"]?["schema"] is not { } result)
        {
            return false;
        }

        _text.Append("},\"result\":");
        Schema(result);
        Streaming(method);
        _text.Append('}');
        return true;
    }

    private bool Error(JsonNode error)
    {
        if (error["x-type"] is not { Kind: JsonKind.String } type)
        {
            return false;
        }

        if (error["x-fields"] is not { } fields)
        {
            String(type.Text);
            return true;
        }

        _text.Append("{\"fields\":");
        Schema(fields);
        _text.Append(",\"type\":");
        String(type.Text);
        _text.Append('}');
        return true;
    }

    private bool Parameter(JsonNode parameter)
    {
        if (parameter["schema"] is not { } schema)
        {
            return false;
        }

        _text.Append("{\"required\":").Append(parameter["required"]?.Kind == JsonKind.True ? "true" : "false").Append(",\"schema\":");
        Schema(schema);
        Streaming(parameter);
        _text.Append('}');
        return true;
    }

    private void Streaming(JsonNode described)
    {
        if (described["x-streaming"]?.Kind == JsonKind.True)
        {
            _text.Append(",\"streaming\":true");
        }
    }

    private void Schema(JsonNode schema) => Members(schema, Keyword, member => member.Name is "description" or "x-enumNames");

    private void Keyword(JsonNode value)
    {
        switch (value.Key)
        {
            case "properties" or "patternProperties" when value.Kind == JsonKind.Object:
                Members(value, Schema);
                break;
            case "anyOf" or "oneOf" or "allOf" when value.Kind == JsonKind.Array:
                Items(Texts(value.Items), text => _text.Append(text));
                break;
            case "prefixItems" when value.Kind == JsonKind.Array:
                Items(value.Items, Schema);
                break;
            case "items" or "additionalProperties" or "propertyNames" or "x-key" or "not":
                Schema(value);
                break;
            case "enum" or "required" or "x-flags" when value.Kind == JsonKind.Array:
                Items(Sorted(value.Items), Value);
                break;
            default:
                Value(value);
                break;
        }
    }

    private void Value(JsonNode value)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                Members(value, Value);
                break;
            case JsonKind.Array:
                Items(value.Items, Value);
                break;
            case JsonKind.String:
                String(value.Text);
                break;
            case JsonKind.Number:
                _text.Append(value.Text);
                break;
            default:
                _text.Append(value.Kind == JsonKind.Null ? "null" : value.Kind == JsonKind.True ? "true" : "false");
                break;
        }
    }

    /// <summary>Writes an object whose members may be schemas, or whatever else stands there as it is.</summary>
    private void Members(JsonNode node, Action<JsonNode> write, Func<JsonMember, bool>? isLeftOut = null)
    {
        if (node.Kind != JsonKind.Object)
        {
            Value(node);
            return;
        }

        _text.Append('{');
        var separator = "";
        foreach (var member in node.Members.Where(member => isLeftOut?.Invoke(member) != true).OrderBy(member => member.Name, CodePointComparer.Instance))
        {
            _text.Append(separator);
            String(member.Name);
            _text.Append(':');
            write(member.Value);
            separator = ",";
        }

        _text.Append('}');
    }

    /// <summary>Schemas whose order says nothing, in the order of their texts; null stands last, as it is written.</summary>
    private static IEnumerable<string> Texts(IEnumerable<JsonNode> schemas) => schemas
        .Select(schema =>
        {
            var text = new ContractText();
            text.Schema(schema);
            return text._text.ToString();
        })
        .OrderBy(text => text == Null)
        .ThenBy(text => text, CodePointComparer.Instance);

    private void Items<T>(IEnumerable<T> items, Action<T> write)
    {
        _text.Append('[');
        var separator = "";
        foreach (var item in items)
        {
            _text.Append(separator);
            write(item);
            separator = ",";
        }

        _text.Append(']');
    }

    /// <summary>Writes the items of an array as the members of an object, by their names.</summary>
    private bool Named(IReadOnlyList<JsonNode> items, Func<JsonNode, JsonNode?> nameOf, Func<JsonNode, bool> write)
    {
        var separator = "";
        foreach (var item in items.OrderBy(item => nameOf(item)?.Text ?? "", CodePointComparer.Instance))
        {
            if (nameOf(item) is not { Text.Length: > 0 } name)
            {
                return false;
            }

            _text.Append(separator);
            String(name.Text);
            _text.Append(':');
            if (!write(item))
            {
                return false;
            }

            separator = ",";
        }

        return true;
    }

    private static IEnumerable<JsonNode> Sorted(IReadOnlyList<JsonNode> items) =>
        items.All(item => item.Kind == JsonKind.Number && decimal.TryParse(item.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? items.OrderBy(item => decimal.Parse(item.Text, NumberStyles.Float, CultureInfo.InvariantCulture))
            : items.OrderBy(SortKey, CodePointComparer.Instance);

    private static string SortKey(JsonNode item) => item.Kind switch
    {
        JsonKind.String => "\"" + item.Text,
        JsonKind.Number => item.Text,
        _ => item.Kind == JsonKind.Null ? "null" : item.Kind == JsonKind.True ? "true" : "false",
    };

    /// <summary>Writes a string with as few escapes as Python does.</summary>
    private void String(string text)
    {
        _text.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => _text.Append('\\').Append(c),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                < ' ' => _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }
}
