using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Writes what keeps a record's members that the schema does not name.</summary>
internal static class OtherMembersEmitter
{
    public static void Property(EmitContext context, RecordPart part)
    {
        if (part.Others is null)
        {
            return;
        }

        if (part.Members.Count > 0)
        {
            context.Code.Line();
        }

        context.Code
            .Line("/// <summary>The members that the schema does not name, as they came; they are sent, too.</summary>")
            .Line($"public {MapType(context, part.Others)} {Identifier.Escape(part.Others.Property)} {{ get; init; }} = {MapType(context, part.Others)}.Empty;");
    }

    public static void Declare(EmitContext context, RecordPart part)
    {
        if (part.Others is { } others)
        {
            context.Code.Line($"global::System.Collections.Generic.Dictionary<string, {ValueType(context, others)}>? others = null;");
        }
    }

    public static void ReadOrSkip(EmitContext context, RecordPart part) => context.Code.Line(part.Others is { } others
        ? $"{Names.JsonMembers}.Keep(ref reader, ref others, {ValueEmitter.Reader(context, others.Value, depth: 1)});"
        : $"{Names.JsonRead}.SkipProperty(ref reader);");

    public static void Assign(EmitContext context, RecordPart part)
    {
        if (part.Others is { } others)
        {
            context.Code.Line($"{Identifier.Escape(others.Property)} = {Names.JsonMembers}.Kept(others),");
        }
    }

    public static void Write(EmitContext context, RecordPart part)
    {
        if (part.Others is not { } others)
        {
            return;
        }

        var declared = part.Members.Count == 0
            ? "static _ => false"
            : $"static name => name is {string.Join(" or ", part.Members.Select(member => Literal.Of(member.WireName)))}";
        context.Code.Line($"{Names.JsonMembers}.Write<{ValueType(context, others)}>(").Indented(() => context.Code
            .Line($"writer, value.{Identifier.Escape(others.Property)}, {ValueEmitter.Writer(context, others.Value, isParameter: false, depth: 1)},")
            .Line($"{declared});"));
    }

    private static string ValueType(EmitContext context, OtherMembers others) => context.Type(others.Value, isParameter: false);

    private static string MapType(EmitContext context, OtherMembers others) =>
        $"global::TypedPool.ValueMap<string, {ValueType(context, others)}>";
}
