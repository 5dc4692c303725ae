using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Takes members of the expected kind from an object, and reports those of another.</summary>
internal static class NodeReading
{
    public static string? OptionalString(this JsonNode node, string name, SchemaDiagnostics diagnostics) =>
        node.Optional(name, JsonKind.String, diagnostics)?.Text;

    public static bool OptionalBoolean(this JsonNode node, string name, SchemaDiagnostics diagnostics)
    {
        if (node[name] is not { } value)
        {
            return false;
        }

        if (value.Kind is not (JsonKind.True or JsonKind.False))
        {
            diagnostics.Report(Causes.WrongKind, value, "true or false", Words(value.Kind));
        }

        return value.Kind == JsonKind.True;
    }

    public static JsonNode? Optional(this JsonNode node, string name, JsonKind kind, SchemaDiagnostics diagnostics) =>
        node[name] is { } value && value.Is(kind, diagnostics) ? value : null;

    public static JsonNode? Required(this JsonNode node, string name, JsonKind kind, SchemaDiagnostics diagnostics)
    {
        if (node[name] is { } value)
        {
            return value.Is(kind, diagnostics) ? value : null;
        }

        diagnostics.Report(Causes.MissingMember, node, name);
        return null;
    }

    public static bool Is(this JsonNode node, JsonKind kind, SchemaDiagnostics diagnostics)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        diagnostics.Report(Causes.WrongKind, node, Words(kind), Words(node.Kind));
        return false;
    }

    public static string Words(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.False => "false",
        JsonKind.True => "true",
        JsonKind.Number => "a number",
        JsonKind.String => "a string",
        JsonKind.Array => "an array",
        _ => "an object",
    };
}
