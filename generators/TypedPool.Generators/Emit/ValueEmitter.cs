using System.Globalization;
using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the expressions that read a value and the statements that write one.</summary>
internal static class ValueEmitter
{
    /// <summary>An expression that reads a value from the variable <paramref name="reader"/>.</summary>
    public static string Read(EmitContext context, TypeRef type, string reader = "reader", int depth = 0)
    {
        var value = type.Kind switch
        {
            TypeKind.List or TypeKind.Map =>
                $"{Names.JsonRead}.{type.Kind}<{context.Type(type.Item!, isParameter: false)}>(ref {reader}, {Reader(context, type.Item!, depth + 1)})",
            _ => $"{ReaderMethod(context, type)}(ref {reader})",
        };

        return type.IsNullable
            ? $"{reader}.TokenType == {Names.TokenType}.Null ? default({context.Type(type, isParameter: false)}) : {value}"
            : value;
    }

    /// <summary>A delegate that reads a value.</summary>
    public static string Reader(EmitContext context, TypeRef type, int depth = 0)
    {
        if (!type.IsNullable && type.Item is null)
        {
            return ReaderMethod(context, type);
        }

        var name = "reader" + depth.ToString(CultureInfo.InvariantCulture);
        return $"static (ref {Names.Reader} {name}) => {Read(context, type, name, depth)}";
    }

    /// <summary>A statement that writes a value that is not null.</summary>
    public static string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer = "writer", int depth = 0) =>
        type.Kind switch
        {
            TypeKind.List or TypeKind.Map =>
                $"{Names.JsonWrite}.{type.Kind}<{context.Type(type.Item!, isParameter)}>({writer}, {value}, {Writer(context, type.Item!, isParameter, depth + 1)});",
            _ => $"{WriterMethod(context, type)}({writer}, {value});",
        };

    /// <summary>Statements that write a value or null, on lines of their own.</summary>
    public static void WriteOrNull(EmitContext context, TypeRef type, string value, bool isParameter)
    {
        if (!type.IsNullable)
        {
            context.Code.Line(Write(context, type, value, isParameter));
            return;
        }

        context.Code
            .Open($"if ({value} is null)").Line("writer.WriteNullValue();").Close()
            .Open("else").Line(Write(context, type, Inner(type, value), isParameter)).Close();
    }

    /// <summary>What a nullable holds, where it is known not to be null.</summary>
    public static string Inner(TypeRef type, string value) => type.IsValueType ? value + ".Value" : value;

    private static string Writer(EmitContext context, TypeRef type, bool isParameter, int depth)
    {
        if (!type.IsNullable && type.Item is null)
        {
            return WriterMethod(context, type);
        }

        var suffix = depth.ToString(CultureInfo.InvariantCulture);
        var writer = "writer" + suffix;
        var value = "value" + suffix;
        var write = Write(context, type, type.IsNullable ? Inner(type, value) : value, isParameter, writer, depth);
        return type.IsNullable
            ? $"static ({writer}, {value}) => {{ if ({value} is null) {{ {writer}.WriteNullValue(); }} else {{ {write} }} }}"
            : $"static ({writer}, {value}) => {write.TrimEnd(';')}";
    }

    private static string ReaderMethod(EmitContext context, TypeRef type) =>
        type.Kind is TypeKind.Record or TypeKind.Enum ? context.JsonMember("Read" + type.Name) : $"{Names.JsonRead}.{Method(type.Kind)}";

    private static string WriterMethod(EmitContext context, TypeRef type) =>
        type.Kind is TypeKind.Record or TypeKind.Enum ? context.JsonMember("Write" + type.Name) : $"{Names.JsonWrite}.{Method(type.Kind)}";

    private static string Method(TypeKind kind) => kind switch
    {
        TypeKind.Integer => "Int64",
        TypeKind.Number => "Double",
        _ => kind.ToString(),
    };
}
