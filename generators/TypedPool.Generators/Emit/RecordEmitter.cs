using System.Globalization;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Writes a record with its reader and writer.</summary>
internal static class RecordEmitter
{
    public static void Emit(EmitContext context, RecordPart part)
    {
        var code = context.Code;
        Documentation.Element(code, "summary", string.IsNullOrWhiteSpace(part.Description) ? $"The type {part.Name}." : part.Description!);
        code.Line(Names.GeneratedCode).Open($"{context.Accessibility} sealed partial record {Identifier.Escape(part.Name)}");
        MemberEmitter.Properties(context, part.Members, isParameter: false);
        OtherMembersEmitter.Property(context, part);
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

    private static void Reader(EmitContext context, RecordPart part)
    {
        var type = context.Global(part.Name);
        context.Code.Open($"internal static {type} Read{part.Name}(ref {Names.Reader} reader)");
        ReadObject(context, part, $"new {type}");
        context.Code.Close();
    }

    /// <summary>Writes statements that read an object from the variable <c>reader</c> and return it.</summary>
    /// <param name="context">Where to write.</param>
    /// <param name="part">What members it has.</param>
    /// <param name="create">The expression that makes it, but for its members.</param>
    public static void ReadObject(EmitContext context, RecordPart part, string create)
    {
        var code = context.Code.Line($"{Names.JsonRead}.StartObject(ref reader);");
        for (var i = 0; i < part.Members.Count; i++)
        {
            var member = part.Members[i];
            var number = Number(i);
            code.Line(member.Fixed is null
                ? $"{context.Member(member, isParameter: false)} value{number} = default{(member.Presence == Presence.Required ? "!" : "")};"
                : $"{context.Type(member.Type, isParameter: false)} value{number} = {MemberEmitter.Fixed(context, member)};");
            if (member.Presence == Presence.Required)
            {
                code.Line($"bool has{number} = false;");
            }
        }

        OtherMembersEmitter.Declare(context, part);
        code.Open($"while ({Names.JsonRead}.NextProperty(ref reader))");
        for (var i = 0; i < part.Members.Count; i++)
        {
            ReadMember(context, part.Members[i], Number(i));
        }

        OtherMembersEmitter.ReadOrSkip(context, part);
        code.Close().Line();
        for (var i = 0; i < part.Members.Count; i++)
        {
            if (part.Members[i].Presence == Presence.Required)
            {
                code.Open($"if (!has{Number(i)})")
                    .Line($"throw {Names.JsonRead}.Missing(ref reader, {Literal.Of(part.Members[i].WireName)});")
                    .Close()
                    .Line();
            }
        }

        code.Line($"return {create}").Open();
        for (var i = 0; i < part.Members.Count; i++)
        {
            code.Line($"{Identifier.Escape(part.Members[i].Property)} = value{Number(i)},");
        }

        OtherMembersEmitter.Assign(context, part);
        code.Close("};");
    }

    // Not a chain of else: of several hundred members it would be too deep for the compiler.
    private static void ReadMember(EmitContext context, MemberModel member, string number)
    {
        context.Code
            .Open($"if (reader.ValueTextEquals({Literal.Utf8(member.WireName)}))")
            .Line("reader.Read();")
            .Line($"value{number} = {ValueEmitter.Read(context, member.Type)};");
        if (member.Presence == Presence.Required)
        {
            context.Code.Line($"has{number} = true;");
        }

        context.Code.Line("continue;").Close().Line();
    }

    private static void Writer(EmitContext context, RecordPart part)
    {
        context.Code
            .Open($"internal static void Write{part.Name}({Names.Writer} writer, {context.Global(part.Name)} value)")
            .Line($"{Names.JsonWrite}.Required(writer, value, {Literal.Of("an object")});");
        context.Code.Line("writer.WriteStartObject();");
        MemberEmitter.Write(context, part.Name, part.Members, isParameter: false);
        OtherMembersEmitter.Write(context, part);
        context.Code.Line("writer.WriteEndObject();").Close();
        EncodedNames.Emit(context, part.Name, part.Members);
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
