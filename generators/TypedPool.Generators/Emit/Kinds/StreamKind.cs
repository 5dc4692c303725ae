using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Streams, which are whole parameters: their items follow the arguments.</summary>
internal sealed class StreamKind() : CollectionKind("Stream")
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) =>
        $"{Names.AsyncEnumerable}<{context.Type(Item(type), isParameter: true)}>";

    public override string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth) =>
        $"{Names.JsonWrite}.Stream<{context.Type(Item(type), isParameter: true)}>({writer}, {value}, {Literal.Of(type.Name)}, {ValueEmitter.Writer(context, Item(type), isParameter: true, depth + 1)})";
}
