using System.Globalization;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the statements that write arguments as an array: what is absent at the end is left out.</summary>
internal static class PositionEmitter
{
    public static void Write(EmitContext context, EquatableArray<MemberModel> parameters)
    {
        var code = context.Code;
        var optional = parameters.Where(parameter => parameter.Presence != Presence.Required).ToList();
        var required = parameters.Count - optional.Count;
        if (optional.Count > 0)
        {
            code.Line($"int count = {Number(required)};");
            for (var i = 0; i < optional.Count; i++)
            {
                code.Open($"if ({IsThere(optional[i])})").Line($"count = {Number(required + i + 1)};").Close().Line();
            }
        }

        code.Line("writer.WriteStartArray();");
        for (var i = 0; i < parameters.Count; i++)
        {
            if (i < required)
            {
                ValueEmitter.WriteOrNull(context, parameters[i].Type, Value(parameters[i]), isParameter: true);
            }
            else
            {
                code.Open($"if (count > {Number(i)})");
                WriteOptional(context, parameters[i]);
                code.Close();
            }
        }

        code.Line("writer.WriteEndArray();");
    }

    /// <summary>Before another one absence is null, where null is a value that means the same; else there is nothing to write.</summary>
    private static void WriteOptional(EmitContext context, MemberModel parameter)
    {
        var code = context.Code;
        if (parameter.Presence == Presence.Optional && parameter.Type.IsNullable)
        {
            ValueEmitter.WriteOrNull(context, parameter.Type, Value(parameter), isParameter: true);
            return;
        }

        code.Open($"if (!({IsThere(parameter)}))")
            .Line($"throw {Names.JsonMembers}.AbsentBeforeLater({Literal.Of(parameter.WireName)});")
            .Close()
            .Line();
        if (parameter.Presence == Presence.Distinguished)
        {
            ValueEmitter.WriteOrNull(context, parameter.Type, Value(parameter) + ".Value", isParameter: true);
        }
        else
        {
            code.Line(ValueEmitter.Write(context, parameter.Type, ValueEmitter.Inner(parameter.Type, Value(parameter)), isParameter: true) + ";");
        }
    }

    private static string Value(MemberModel parameter) => "value." + Identifier.Escape(parameter.Property);

    private static string IsThere(MemberModel parameter) =>
        parameter.Presence == Presence.Distinguished ? Value(parameter) + ".HasValue" : Value(parameter) + " is not null";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
