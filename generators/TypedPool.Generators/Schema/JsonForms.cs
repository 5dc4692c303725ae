using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>What a value is in JSON, as far as its first token tells.</summary>
internal enum JsonForm
{
    String,
    Boolean,

    /// <summary>A number without a fraction or an exponent.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Number,
    Array,
    Object,
}

/// <summary>Which type has which form.</summary>
internal static class JsonForms
{
    public static JsonForm Of(Shape shape) => shape switch
    {
        { Scalar: { } scalar } => Scalars.TypeOf(scalar) switch
        {
            "boolean" => JsonForm.Boolean,
            "integer" => JsonForm.Integer,
            "number" => JsonForm.Number,
            _ => JsonForm.String,
        },
        { Declared: DeclaredEnum type } => type.IsString ? JsonForm.String : JsonForm.Integer,
        { Kind: ValueKind.Map or ValueKind.NumberedMap or ValueKind.Record } => JsonForm.Object,
        _ => JsonForm.Array,
    };

    public static string Words(JsonForm form) => form switch
    {
        JsonForm.String => "strings",
        JsonForm.Boolean => "booleans",
        JsonForm.Integer => "integers",
        JsonForm.Number => "numbers",
        JsonForm.Array => "arrays",
        _ => "objects",
    };
}
