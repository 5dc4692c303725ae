using System.Globalization;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the names of a record's members as fields that encode them once, in a class that only its writer loads.</summary>
internal static class EncodedNames
{
    public static void Emit(EmitContext context, string type, EquatableArray<MemberModel> members)
    {
        if (members.Count == 0)
        {
            return;
        }

        var code = context.Code.Line().Open($"private static class {Holder(type)}");
        for (var i = 0; i < members.Count; i++)
        {
            code.Line($"internal static readonly {Names.EncodedText} {Field(i)} = {Names.JsonWrite}.Encoded({Literal.Of(members[i].WireName)});");
        }

        code.Close();
    }

    /// <summary>The name of a member, where it is to be written.</summary>
    public static string Of(string type, int index) => $"{Holder(type)}.{Field(index)}";

    private static string Holder(string type) => "NamesOf" + type;

    private static string Field(int index) => "Name" + index.ToString(CultureInfo.InvariantCulture);
}
