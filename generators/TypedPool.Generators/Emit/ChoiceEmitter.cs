using System.Globalization;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the struct over a set of values that no C# enum can be: open, of numbers, or of several kinds.</summary>
internal static class ChoiceEmitter
{
    public static void Emit(EmitContext context, ChoicePart part)
    {
        var code = context.Code;
        Documentation.Element(code, "summary", string.IsNullOrWhiteSpace(part.Description) ? $"The values of {part.Name}." : part.Description!);
        code.Line(Names.GeneratedCode).Open($"{context.Accessibility} readonly partial record struct {Identifier.Escape(part.Name)}");
        Construction(context, part);
        foreach (var value in part.Values)
        {
            code.Line();
            Documentation.Element(code, "summary", $"The value {Shown(value)}.");
            code.Line($"public static {context.Global(part.Name)} {Identifier.Escape(value.Name)} {{ get; }} = new({Constant(value)});");
        }

        code.Line()
            .Line("/// <summary>The text of the value, the same in every culture.</summary>")
            .Line("/// <returns>The text.</returns>")
            .Line("public override string ToString() => global::System.FormattableString.Invariant($\"{_value}\");")
            .Close();
        Json(context, part);
    }

    private static string Type(ChoicePart part) => part.Holds switch
    {
        ChoiceHolds.String => "string",
        ChoiceHolds.Integer => "long",
        ChoiceHolds.Number => "double",
        _ => "object",
    };

    private static bool IsReference(ChoicePart part) => part.Holds is ChoiceHolds.String or ChoiceHolds.Anything;

    private static void Construction(EmitContext context, ChoicePart part)
    {
        var type = Type(part);
        var code = context.Code.Line($"private readonly {type}{(IsReference(part) ? "?" : "")} _value;").Line();
        if (part.IsOpen)
        {
            code.Line("/// <summary>A value, with a name here or without.</summary>").Line("/// <param name=\"value\">The value.</param>");
        }

        code.Open($"{(part.IsOpen ? "public" : "private")} {Identifier.Escape(part.Name)}({type} value)");
        if (IsReference(part))
        {
            code.Line($"{Names.ThrowIfNull}(value);");
        }

        code.Line("_value = value;").Close().Line();
        if (IsReference(part))
        {
            code.Line("/// <summary>The value.</summary>")
                .Line("/// <exception cref=\"global::System.InvalidOperationException\">This is <c>default</c>, which is no value.</exception>")
                .Line($"public {type} Value => _value ?? throw new global::System.InvalidOperationException({Literal.Of($"default({part.Name}) is no value.")});");
        }
        else
        {
            code.Line("/// <summary>The value.</summary>").Line($"public {type} Value => _value;");
        }

        if (part.IsOpen)
        {
            code.Line()
                .Line("/// <summary>A value, with a name here or without.</summary>")
                .Line("/// <param name=\"value\">The value.</param>")
                .Line($"public static implicit operator {context.Global(part.Name)}({type} value) => new(value);");
        }
    }

    private static void Json(EmitContext context, ChoicePart part)
    {
        if (!part.IsRead && !part.IsWritten)
        {
            return;
        }

        var code = context.Code.Line().Open($"internal static partial class {context.Json}");
        if (part.IsRead)
        {
            Reader(context, part);
        }

        if (part.IsWritten)
        {
            if (part.IsRead)
            {
                code.Line();
            }

            Writer(context, part);
        }

        code.Close();
    }

    private static void Reader(EmitContext context, ChoicePart part)
    {
        var type = context.Global(part.Name);
        var code = context.Code.Open($"internal static {type} Read{part.Name}(ref {Names.Reader} reader)");
        if (part.IsOpen)
        {
            code.Line($"return new {type}({Names.JsonRead}.{(part.Holds == ChoiceHolds.String ? "String" : "Int64")}(ref reader));").Close();
            return;
        }

        foreach (var value in part.Values)
        {
            code.Open($"if ({Test(value)})").Line($"return {type}.{Identifier.Escape(value.Name)};").Close().Line();
        }

        code.Line($"throw {Names.JsonRead}.Unexpected(ref reader, {Literal.Of("one of " + string.Join(", ", part.Values.Select(Shown)))});").Close();
    }

    private static string Test(ChoiceValueModel value) => value.Kind switch
    {
        ChoiceHolds.String => $"reader.TokenType == {Names.TokenType}.String && reader.ValueTextEquals({Literal.Utf8(value.Text)})",
        ChoiceHolds.Integer => $"{Names.JsonUnion}.Is(ref reader, {Constant(value)})",
        ChoiceHolds.Number => $"{Names.JsonUnion}.Is(ref reader, {Constant(value)})",
        _ => $"reader.TokenType == {Names.TokenType}.{value.Kind}",
    };

    private static void Writer(EmitContext context, ChoicePart part)
    {
        var code = context.Code.Open($"internal static void Write{part.Name}({Names.Writer} writer, {context.Global(part.Name)} value)");
        if (IsReference(part))
        {
            code.Open("if (value == default)").Line($"throw {Names.JsonUnion}.Default({Literal.Of(part.Name)});").Close().Line();
        }
        else if (!part.IsOpen)
        {
            var known = string.Join(" or ", part.Values.Select(Constant));
            code.Open($"if (value.Value is not ({known}))").Line($"throw {Names.JsonUnion}.Default({Literal.Of(part.Name)});").Close().Line();
        }

        code.Line(part.Holds switch
        {
            ChoiceHolds.String => $"{Names.JsonWrite}.String(writer, value.Value);",
            ChoiceHolds.Integer => $"{Names.JsonWrite}.Int64(writer, value.Value);",
            ChoiceHolds.Number => $"{Names.JsonWrite}.Double(writer, value.Value);",
            _ => $"{Names.JsonUnion}.Scalar(writer, value.Value);",
        }).Close();
    }

    private static string Constant(ChoiceValueModel value) => value.Kind switch
    {
        ChoiceHolds.String => Literal.Of(value.Text),
        ChoiceHolds.Integer => Literal.Long(long.Parse(value.Text, CultureInfo.InvariantCulture)),
        ChoiceHolds.Number => Literal.Of(double.Parse(value.Text, CultureInfo.InvariantCulture)),
        ChoiceHolds.True => "true",
        _ => "false",
    };

    private static string Shown(ChoiceValueModel value) => value.Kind switch
    {
        ChoiceHolds.String => $"\"{value.Text}\"",
        ChoiceHolds.True => "true",
        ChoiceHolds.False => "false",
        _ => value.Text,
    };
}
