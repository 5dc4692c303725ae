using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Types of this schema's own, with their readers and writers beside them.</summary>
internal sealed class NamedKind(bool isValueType) : MethodKind
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) => context.Global(type.Name);

    public override bool IsValueType(TypeRef type) => isValueType;

    public override string ReaderMethod(EmitContext context, TypeRef type) => context.JsonMember("Read" + type.Name);

    protected override string WriterMethod(EmitContext context, TypeRef type) => context.JsonMember("Write" + type.Name);
}
