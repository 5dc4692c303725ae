using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Lists: any list as a parameter, else our own, which compare by their items.</summary>
internal sealed class ListKind() : CollectionKind("List")
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) =>
        (isParameter ? "global::System.Collections.Generic.IReadOnlyList<" : "global::TypedPool.ValueList<")
        + context.Type(Item(type), isParameter) + ">";
}
