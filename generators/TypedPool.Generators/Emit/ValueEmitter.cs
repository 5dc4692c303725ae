using System.Globalization;
using TypedPool.Generators.Emit.Kinds;
using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the expressions that read a value and the statements that write one: what is common to all kinds.</summary>
internal static class ValueEmitter
{
    /// <summary>An expression that reads a value from the variable <paramref name="reader"/>.</summary>
    public static string Read(EmitContext context, TypeRef type, string reader = "reader", int depth = 0)
    {
        var value = KindEmitters.Of(type).Read(context, type, reader, depth);
        return type.IsNullable
            ? $"{reader}.TokenType == {Names.TokenType}.Null ? default({context.Type(type, isParameter: false)}) : {value}"
            : value;
    }

    /// <summary>A delegate that reads a value.</summary>
    public static string Reader(EmitContext context, TypeRef type, int depth = 0)
    {
        if (!type.IsNullable && KindEmitters.Of(type).ReaderMethod(context, type) is { } method)
        {
            return method;
        }

        var name = "reader" + depth.ToString(CultureInfo.InvariantCulture);
        return $"static (ref {Names.Reader} {name}) => {Read(context, type, name, depth)}";
    }

    /// <summary>An expression that writes a value that is not null.</summary>
    public static string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer = "writer", int depth = 0) =>
        KindEmitters.Of(type).Write(context, type, value, isParameter, Checked(type, value, writer), depth);

    /// <summary>The writer, when the value has been asked what the schema asks of it.</summary>
    private static string Checked(TypeRef type, string value, string writer)
    {
        foreach (var constraint in type.Constraints.Where(constraint => constraint.Method.Length > 0))
        {
            writer = $"{Names.JsonCheck}.{constraint.Method}({writer}, {value}, {constraint.Argument})";
        }

        return writer;
    }

    /// <summary>Statements that write a value or null, on lines of their own.</summary>
    public static void WriteOrNull(EmitContext context, TypeRef type, string value, bool isParameter)
    {
        if (!type.IsNullable)
        {
            context.Code.Line(Write(context, type, value, isParameter) + ";");
            return;
        }

        context.Code
            .Open($"if ({value} is null)").Line("writer.WriteNullValue();").Close()
            .Open("else").Line(Write(context, type, Inner(type, value), isParameter) + ";").Close();
    }

    /// <summary>Statements that write a member with a value that is not null, on lines of their own.</summary>
    public static void WriteMember(EmitContext context, TypeRef type, string name, string value, bool isParameter)
    {
        // A value that is asked something is asked behind its name, which then is in the path of the error.
        if (type is { Scalar.HasMemberMethod: true, IsChecked: false })
        {
            context.Code.Line($"{Names.JsonWrite}.{type.Scalar.Method}(writer, {name}, {value});");
            return;
        }

        context.Code.Line($"writer.WritePropertyName({name});").Line(Write(context, type, value, isParameter) + ";");
    }

    /// <summary>Statements that write a member with a value or null, on lines of their own.</summary>
    public static void WriteMemberOrNull(EmitContext context, TypeRef type, string name, string value, bool isParameter)
    {
        if (!type.IsNullable)
        {
            WriteMember(context, type, name, value, isParameter);
            return;
        }

        context.Code.Open($"if ({value} is null)").Line($"writer.WriteNull({name});").Close().Open("else");
        WriteMember(context, type, name, Inner(type, value), isParameter);
        context.Code.Close();
    }

    /// <summary>Statements that write a value or null, on one line.</summary>
    public static string WriteOrNull(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth) =>
        type.IsNullable
            ? $"if ({value} is null) {{ {writer}.WriteNullValue(); }} else {{ {Write(context, type, Inner(type, value), isParameter, writer, depth)}; }}"
            : Write(context, type, value, isParameter, writer, depth) + ";";

    /// <summary>What a nullable holds, where it is known not to be null.</summary>
    public static string Inner(TypeRef type, string value) => KindEmitters.Of(type).IsValueType(type) ? value + ".Value" : value;

    /// <summary>A delegate that writes a value. It is a lambda always, since one over a static method is slower to call.</summary>
    public static string Writer(EmitContext context, TypeRef type, bool isParameter, int depth)
    {
        var suffix = depth.ToString(CultureInfo.InvariantCulture);
        var writer = "writer" + suffix;
        var value = "value" + suffix;
        return type.IsNullable
            ? $"static ({writer}, {value}) => {{ {WriteOrNull(context, type, value, isParameter, writer, depth)} }}"
            : $"static ({writer}, {value}) => {Write(context, type, value, isParameter, writer, depth)}";
    }
}
