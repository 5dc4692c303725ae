using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Types without parts.</summary>
internal sealed class ScalarKind : MethodKind
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) => type.Scalar!.CSharp;

    public override bool IsValueType(TypeRef type) => !type.Scalar!.IsReference;

    public override string ReaderMethod(EmitContext context, TypeRef type) => $"{Names.JsonRead}.{type.Scalar!.Method}";

    public override string WriterMethod(EmitContext context, TypeRef type) => $"{Names.JsonWrite}.{type.Scalar!.Method}";
}
