using System.Globalization;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Writes an enum with its reader and writer, which compare UTF-8 and allocate nothing.</summary>
internal static class EnumEmitter
{
    private const int MostListed = 8;

    public static void Emit(EmitContext context, EnumPart part)
    {
        var code = context.Code;
        var isLong = part.Values.Any(value => value.Number is > int.MaxValue or < int.MinValue);
        Documentation.Element(code, "summary", string.IsNullOrWhiteSpace(part.Description) ? $"The values of {part.Name}." : part.Description!);
        if (part.IsFlags)
        {
            code.Line("[global::System.Flags]");
        }

        code.Line(Names.GeneratedCode)
            .Open($"{context.Accessibility} enum {Identifier.Escape(part.Name)}{(isLong ? " : long" : "")}");
        if (part.IsFlags && part.Values.All(value => value.Number != 0 && !string.Equals(value.Name, "None", StringComparison.Ordinal)))
        {
            code.Line("/// <summary>No bit at all.</summary>").Line("None = 0,");
        }

        foreach (var value in part.Values)
        {
            Documentation.Element(code, "summary", part.IsString ? $"The string {Shown(part, value)}." : $"The integer {Shown(part, value)}.");
            code.Line(part.IsString ? $"{Identifier.Escape(value.Name)}," : $"{Identifier.Escape(value.Name)} = {Literal.Of(value.Number)},");
        }

        code.Close();
        if (!part.IsRead && !part.IsWritten)
        {
            return;
        }

        code.Line().Open($"internal static partial class {context.Json}");
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

    private static void Reader(EmitContext context, EnumPart part)
    {
        var type = context.Global(part.Name);
        var code = context.Code.Open($"internal static {type} Read{part.Name}(ref {Names.Reader} reader)");
        if (part.IsFlags)
        {
            code.Line($"return ({type}){Names.JsonUnion}.Flags(ref reader, {Mask(part)});").Close();
            return;
        }

        if (part.IsString)
        {
            code.Open($"if (reader.TokenType == {Names.TokenType}.String)");
            foreach (var value in part.Values)
            {
                code.Open($"if (reader.ValueTextEquals({Literal.Utf8(value.Text)}))")
                    .Line($"return {type}.{Identifier.Escape(value.Name)};")
                    .Close()
                    .Line();
            }
        }
        else
        {
            code.Open($"if (reader.TokenType == {Names.TokenType}.Number && reader.TryGetInt64(out long number))").Open("switch (number)");
            foreach (var value in part.Values)
            {
                code.Line($"case {Literal.Of(value.Number)}: return {type}.{Identifier.Escape(value.Name)};");
            }

            code.Close();
        }

        code.Close().Line().Line($"throw {Names.JsonRead}.Unexpected(ref reader, {Literal.Of(Expected(part))});").Close();
    }

    private static void Writer(EmitContext context, EnumPart part)
    {
        var type = context.Global(part.Name);
        var code = context.Code.Open($"internal static void Write{part.Name}({Names.Writer} writer, {type} value)");
        if (part.IsFlags)
        {
            code.Line($"{Names.JsonUnion}.Flags(writer, (long)value, {Mask(part)});").Close();
            return;
        }

        code.Open("switch (value)");
        foreach (var value in part.Values)
        {
            var write = part.IsString
                ? $"writer.WriteStringValue({Literal.Utf8(value.Text)})"
                : $"writer.WriteNumberValue({Literal.Of(value.Number)})";
            code.Line($"case {type}.{Identifier.Escape(value.Name)}: {write}; break;");
        }

        code.Line($"default: throw {Names.JsonWrite}.Undefined(value);").Close().Close();
    }

    private static string Mask(EnumPart part) => Literal.Of(part.Values.Aggregate(0L, (mask, value) => mask | value.Number));

    private static string Expected(EnumPart part)
    {
        var listed = string.Join(", ", part.Values.Take(MostListed).Select(value => Shown(part, value)));
        var others = part.Values.Count - MostListed;
        return part.Values.Count == 1 ? listed : $"one of {listed}" + (others > 0 ? $" and {others.ToString(CultureInfo.InvariantCulture)} more" : "");
    }

    private static string Shown(EnumPart part, EnumValueModel value) =>
        part.IsString ? $"\"{value.Text}\"" : value.Number.ToString(CultureInfo.InvariantCulture);
}
