using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>Reads what the keys of a map are.</summary>
internal sealed class KeyReader(SchemaReader schemas)
{
    private const string KeyKeyword = "x-key";

    /// <summary>The keys that the parts of a schema describe; strings where they say nothing that has a C# type.</summary>
    public Shape Read(IReadOnlyList<JsonNode> parts)
    {
        var names = parts.Select(part => part["propertyNames"]).FirstOrDefault(node => node?.Kind == JsonKind.Object);
        if (names is null)
        {
            return Shape.String;
        }

        // A pattern alone describes strings, but reading it would report a schema without a type.
        var schema = names[KeyKeyword] ?? names;
        if (schema["type"] is null && schema["enum"] is null && schema["const"] is null && schema["$ref"] is null)
        {
            return Shape.String;
        }

        var key = schemas.Read(schema);
        var isEnum = key is { Kind: ValueKind.Enum, Declared: DeclaredEnum { IsFlags: false } };
        return !key.IsNullable && (isEnum || key.Scalar?.IsKey == true) ? key : Shape.String;
    }

    /// <summary>Whether JSON writes keys as numbers.</summary>
    public static bool IsNumber(Shape key) =>
        key.Declared is DeclaredEnum values ? !values.IsString : key.Scalar is { } scalar && Scalars.TypeOf(scalar) is "integer";
}
