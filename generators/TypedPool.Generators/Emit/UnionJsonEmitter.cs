using System.Globalization;
using TypedPool.Generators.Model;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Emit;

/// <summary>
/// Writes a union's reader, which tells cases apart by the first token, then by values, by a tag or by members, and its writer,
/// which goes by the type of the value.
/// </summary>
internal static class UnionJsonEmitter
{
    public static void Emit(EmitContext context, UnionPart part)
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

    private static void Reader(EmitContext context, UnionPart part)
    {
        var code = context.Code
            .Open($"internal static {context.Global(part.Name)} Read{part.Name}(ref {Names.Reader} reader)")
            .Open("switch (reader.TokenType)");
        Strings(context, part);
        Numbers(context, part);
        if (Of(part, CaseForm.Boolean).FirstOrDefault() is { } boolean)
        {
            code.Line($"case {Names.TokenType}.True:").Line($"case {Names.TokenType}.False:").Indented(() => code.Line(Return(context, part, boolean)));
        }

        if (Of(part, CaseForm.Array).FirstOrDefault() is { } array)
        {
            code.Line($"case {Names.TokenType}.StartArray:").Indented(() => code.Line(Return(context, part, array)));
        }

        Objects(context, part);
        code.Close().Line().Line($"throw {Names.JsonRead}.Unexpected(ref reader, {Literal.Of(Expected(part))});").Close();
        if (part.HasManyRecords)
        {
            RecordTestEmitter.Emit(context, part, [.. Of(part, CaseForm.Object)]);
        }
    }

    /// <summary>Sets of values come first; a number may be one of the three strings for what JSON has no number for.</summary>
    private static void Strings(EmitContext context, UnionPart part)
    {
        var strings = Of(part, CaseForm.String).OrderBy(each => each.Values.Count == 0).ToList();
        var number = Of(part, CaseForm.Number).FirstOrDefault();
        if (strings.Count == 0 && number is null)
        {
            return;
        }

        var code = context.Code.Line($"case {Names.TokenType}.String:");
        code.Indented(() =>
        {
            if (strings.Count == 0)
            {
                code.Line(Return(context, part, number!));
                return;
            }

            var texts = strings.FindAll(each => each.Values.Count == 0);
            foreach (var each in strings.Take(texts.Count > 1 ? strings.Count - texts.Count : strings.Count - 1))
            {
                var test = string.Join(" || ", each.Values.Select(value => $"reader.ValueTextEquals({Literal.Utf8(value.Text)})"));
                code.Open($"if ({test})").Line(Return(context, part, each)).Close().Line();
            }

            if (texts.Count > 1)
            {
                Texts(context, part, texts);
                return;
            }

            code.Line(Return(context, part, strings[strings.Count - 1]));
        });
    }

    private static void Texts(EmitContext context, UnionPart part, IReadOnlyList<UnionCaseModel> texts)
    {
        var code = context.Code.Open($"switch ({Names.JsonUnion}.FormOf(ref reader))");
        foreach (var each in texts)
        {
            code.Line($"case {Names.TextForm}.{each.Type.Scalar!.Method}: {Return(context, part, each)}");
        }

        code.Close().Line().Line("break;");
    }

    private static void Numbers(EmitContext context, UnionPart part)
    {
        var integers = Of(part, CaseForm.Integer).OrderBy(each => each.Values.Count == 0).ToList();
        var number = Of(part, CaseForm.Number).FirstOrDefault();
        if (integers.Count == 0 && number is null)
        {
            return;
        }

        var code = context.Code.Line($"case {Names.TokenType}.Number:");
        code.Indented(() =>
        {
            if (integers.Count > 0 && number is not null)
            {
                code.Open($"if (!{Names.JsonUnion}.IsInteger(ref reader))").Line(Return(context, part, number)).Close().Line();
            }

            for (var i = 0; i < integers.Count - 1; i++)
            {
                var integer = "integer" + i.ToString(CultureInfo.InvariantCulture);
                var test = string.Join(" or ", integers[i].Values.Select(value => Literal.Of(value.Number)));
                code.Open($"if (reader.TryGetInt64(out long {integer}) && {integer} is {test})").Line(Return(context, part, integers[i])).Close().Line();
            }

            code.Line(Return(context, part, integers.Count > 0 ? integers[integers.Count - 1] : number!));
        });
    }

    private static void Objects(EmitContext context, UnionPart part)
    {
        var objects = Of(part, CaseForm.Object).ToList();
        if (objects.Count == 0)
        {
            return;
        }

        var code = context.Code.Line($"case {Names.TokenType}.StartObject:");
        code.Indented(() =>
        {
            if (!part.HasManyRecords)
            {
                code.Line(Return(context, part, objects[0]));
                return;
            }

            code.Open($"switch (CaseOf{part.Name}(reader))");
            for (var i = 0; i < objects.Count; i++)
            {
                code.Line($"case {i.ToString(CultureInfo.InvariantCulture)}: {Return(context, part, objects[i])}");
            }

            code.Close().Line().Line("break;");
        });
    }

    private static void Writer(EmitContext context, UnionPart part)
    {
        var code = context.Code
            .Open($"internal static void Write{part.Name}({Names.Writer} writer, {context.Global(part.Name)} value)")
            .Line($"{Names.JsonWrite}.Required(writer, value, {Literal.Of(Expected(part))});")
            .Open("switch (value.Value)");
        var hasStrings = Of(part, CaseForm.String).Any();
        foreach (var each in part.Cases)
        {
            code.Line($"case {UnionEmitter.Pattern(context, each)} found:").Indented(() =>
            {
                if (hasStrings && each.Type.Scalar == Scalars.Double)
                {
                    code.Line($"{Names.JsonUnion}.RequireFinite(found);");
                }

                code.Line(ValueEmitter.Write(context, each.Type, "found", isParameter: false) + ";").Line("break;");
            });
        }

        code.Close().Close();
    }

    private static IEnumerable<UnionCaseModel> Of(UnionPart part, CaseForm form) => part.Cases.Where(each => each.Form == form);

    private static string Return(EmitContext context, UnionPart part, UnionCaseModel each) =>
        $"return {context.Global(part.Name)}.From{each.Name}({ValueEmitter.Read(context, each.Type)});";

    private static string Expected(UnionPart part) => "one of " + string.Join(", ", part.Cases.Select(each => each.Name));
}
