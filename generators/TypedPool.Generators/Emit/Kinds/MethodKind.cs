using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>A kind whose values one method reads and another one writes.</summary>
internal abstract class MethodKind : KindEmitter
{
    public sealed override string Read(EmitContext context, TypeRef type, string reader, int depth) =>
        $"{ReaderMethod(context, type)}(ref {reader})";

    public sealed override string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth) =>
        $"{WriterMethod(context, type)}({writer}, {value})";

    protected abstract string WriterMethod(EmitContext context, TypeRef type);
}
