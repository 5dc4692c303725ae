using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Types without parts.</summary>
internal sealed class ScalarKind : KindEmitter
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) =>
        isParameter ? type.Scalar!.Parameter ?? type.Scalar.CSharp : type.Scalar!.CSharp;

    public override bool IsValueType(TypeRef type) => !type.Scalar!.IsReference;

    public override string Read(EmitContext context, TypeRef type, string reader, int depth) =>
        $"{Names.JsonRead}.{type.Scalar!.Method}(ref {reader}{type.Scalar.Arguments})";

    public override string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth) =>
        $"{Names.JsonWrite}.{type.Scalar!.Method}({writer}, {value}{type.Scalar.Arguments})";

    public override string? ReaderMethod(EmitContext context, TypeRef type) =>
        type.Scalar!.Arguments.Length == 0 ? $"{Names.JsonRead}.{type.Scalar.Method}" : null;
}
