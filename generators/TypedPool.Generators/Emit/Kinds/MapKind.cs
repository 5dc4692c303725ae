using TypedPool.Generators.Model;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Maps: any dictionary as a parameter, else our own, which compare by their members.</summary>
/// <param name="method">The method that reads those whose keys are not just strings.</param>
internal sealed class MapKind(string method) : CollectionKind("Map")
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) =>
        (isParameter ? "global::System.Collections.Generic.IReadOnlyDictionary<" : "global::TypedPool.ValueMap<")
        + context.Type(Key(type), isParameter: false) + ", " + context.Type(Item(type), isParameter) + ">";

    public override string Read(EmitContext context, TypeRef type, string reader, int depth) => Key(type).Scalar == Scalars.String
        ? base.Read(context, type, reader, depth)
        : $"{Names.JsonRead}.{method}<{Types(context, type, isParameter: false)}>(ref {reader}, "
            + $"{ValueEmitter.Reader(context, Key(type), depth + 1)}, {ValueEmitter.Reader(context, Item(type), depth + 1)})";

    public override string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth) =>
        Key(type).Scalar == Scalars.String && !Key(type).IsChecked
            ? base.Write(context, type, value, isParameter, writer, depth)
            : $"{Names.JsonWrite}.Map<{Types(context, type, isParameter)}>({writer}, {value}, "
                + $"{ValueEmitter.Writer(context, Key(type), isParameter: false, depth + 1)}, {ValueEmitter.Writer(context, Item(type), isParameter, depth + 1)})";

    private static TypeRef Key(TypeRef type) => type.Parts[0];

    private static string Types(EmitContext context, TypeRef type, bool isParameter) =>
        $"{context.Type(Key(type), isParameter: false)}, {context.Type(Item(type), isParameter)}";
}
