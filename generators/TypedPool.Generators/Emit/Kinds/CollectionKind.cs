using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>A kind of many values of one type, the last of its parts.</summary>
internal abstract class CollectionKind(string method) : KindEmitter
{
    public sealed override bool IsValueType(TypeRef type) => false;

    public override string Read(EmitContext context, TypeRef type, string reader, int depth) =>
        $"{Names.JsonRead}.{method}<{context.Type(Item(type), isParameter: false)}>(ref {reader}, {ValueEmitter.Reader(context, Item(type), depth + 1)})";

    public override string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth) =>
        $"{Names.JsonWrite}.{method}<{context.Type(Item(type), isParameter)}>({writer}, {value}, {ValueEmitter.Writer(context, Item(type), isParameter, depth + 1)})";

    public sealed override string? ReaderMethod(EmitContext context, TypeRef type) => null;

    protected static TypeRef Item(TypeRef type) => type.Parts[type.Parts.Count - 1];
}
