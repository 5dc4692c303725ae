using TypedPool.Generators.Collections;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Writes a record's properties, and the statements that write them as JSON.</summary>
internal static class MemberEmitter
{
    public static void Properties(EmitContext context, EquatableArray<MemberModel> members, bool isParameter)
    {
        var code = context.Code;
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            var member = members[i];
            Documentation.Element(code, "summary", Describe(member));
            if (member.Fixed is not null)
            {
                code.Line($"public {context.Type(member.Type, isParameter)} {Identifier.Escape(member.Property)} {{ get; init; }} = {Fixed(context, member)};");
                continue;
            }

            var required = member.Presence == Presence.Required ? "required " : "";
            code.Line($"public {required}{context.Member(member, isParameter)} {Identifier.Escape(member.Property)} {{ get; init; }}");
        }
    }

    /// <summary>Writes statements that write each member.</summary>
    /// <param name="context">Where to write.</param>
    /// <param name="type">The record whose names <see cref="EncodedNames"/> has written.</param>
    /// <param name="members">Its members.</param>
    /// <param name="isParameter">Whether they are arguments of a command.</param>
    public static void Write(EmitContext context, string type, EquatableArray<MemberModel> members, bool isParameter)
    {
        var code = context.Code;
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[i];
            var name = EncodedNames.Of(type, i);
            var value = "value." + Identifier.Escape(member.Property);
            if (member.Presence == Presence.Required || member.Fixed is not null)
            {
                ValueEmitter.WriteMemberOrNull(context, member.Type, name, value, isParameter);
                continue;
            }

            var isThere = member.Presence == Presence.Distinguished ? $"{value}.HasValue" : $"{value} is not null";
            code.Open($"if ({isThere})");
            if (member.Presence == Presence.Distinguished)
            {
                ValueEmitter.WriteMemberOrNull(context, member.Type, name, value + ".Value", isParameter);
            }
            else
            {
                ValueEmitter.WriteMember(context, member.Type, name, ValueEmitter.Inner(member.Type, value), isParameter);
            }

            code.Close();
        }
    }

    /// <summary>What a member is, its default in Python's words, and what absence means.</summary>
    public static string Describe(MemberModel member) => Documentation.Sentences(
        string.IsNullOrWhiteSpace(member.Description) ? $"The value of \"{member.WireName}\"." : member.Description,
        member.IsDeprecated ? "Deprecated." : null,
        Constraints(member.Type),
        member.Fixed is not null ? "It has this one value."
            : member.Presence == Presence.Required ? null
            : member.Default is null ? "Optional."
            : $"Python's default: {member.Default}");

    /// <summary>The only value that a member can have.</summary>
    public static string Fixed(EmitContext context, MemberModel member) =>
        $"{context.Type(member.Type, isParameter: false)}.{Identifier.Escape(member.Fixed!)}";

    /// <summary>What is asked of a value, and of those in it.</summary>
    private static string? Constraints(TypeRef type)
    {
        var own = string.Join(", ", type.Constraints.Select(constraint => constraint.Words));
        var item = type.Parts.Count == 0 ? null : Constraints(type.Parts[type.Parts.Count - 1]);
        return Documentation.Sentences(
            own.Length == 0 ? null : char.ToUpperInvariant(own[0]) + own.Substring(1) + ".",
            item is { Length: > 0 } ? "Of each in it: " + char.ToLowerInvariant(item[0]) + item.Substring(1) : null);
    }
}
