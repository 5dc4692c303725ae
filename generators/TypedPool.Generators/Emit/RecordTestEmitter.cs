using System.Globalization;
using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the method that tells a union's records apart. It looks ahead with a copy of the reader.</summary>
internal static class RecordTestEmitter
{
    public static void Emit(EmitContext context, UnionPart part, IReadOnlyList<UnionCaseModel> records)
    {
        var code = context.Code.Line()
            .Open($"private static int CaseOf{part.Name}({Names.Reader} reader)")
            .Open($"while ({Names.JsonRead}.NextProperty(ref reader))");
        if (part.Tag is { } tag)
        {
            code.Open($"if (reader.ValueTextEquals({Literal.Utf8(tag)}))").Line("reader.Read();");
            for (var i = 0; i < records.Count; i++)
            {
                code.Open($"if ({Test(records[i], i)})").Line($"return {Number(i)};").Close().Line();
            }

            code.Line($"throw {Names.JsonRead}.Unexpected(ref reader, {Literal.Of("one of " + string.Join(", ", records.SelectMany(Shown)))});").Close().Line();
        }
        else
        {
            for (var i = 0; i < records.Count; i++)
            {
                if (records[i].Key is { } key)
                {
                    code.Open($"if (reader.ValueTextEquals({Literal.Utf8(key)}))").Line($"return {Number(i)};").Close().Line();
                }
            }
        }

        code.Line($"{Names.JsonRead}.SkipProperty(ref reader);").Close().Line();
        var rest = part.Tag is null ? records.ToList().FindIndex(record => record.Key is null) : -1;
        code.Line(part.Tag is not null ? $"throw {Names.JsonRead}.Missing(ref reader, {Literal.Of(part.Tag)});"
            : rest >= 0 ? $"return {Number(rest)};"
            : $"throw {Names.JsonUnion}.NoSign(ref reader, {Literal.Of(string.Join(", ", records.Select(record => $"\"{record.Key}\"")))});").Close();
    }

    private static string Test(UnionCaseModel record, int index)
    {
        var number = "number" + Number(index);
        return record.HasIntegers
            ? $"reader.TokenType == {Names.TokenType}.Number && reader.TryGetInt64(out long {number}) && {number} is {string.Join(" or ", record.Values.Select(value => Literal.Of(value.Number)))}"
            : $"reader.TokenType == {Names.TokenType}.String && ({string.Join(" || ", record.Values.Select(value => $"reader.ValueTextEquals({Literal.Utf8(value.Text)})"))})";
    }

    private static IEnumerable<string> Shown(UnionCaseModel record) => record.Values.Select(value =>
        record.HasIntegers ? value.Number.ToString(CultureInfo.InvariantCulture) : $"\"{value.Text}\"");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
