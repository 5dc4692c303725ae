using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>
/// Sets: any set as a parameter, else our own, which compare by their items. The items themselves are always ours, as a
/// set could not tell those of any collection apart.
/// </summary>
internal sealed class SetKind() : CollectionKind("Set")
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) =>
        (isParameter ? "global::System.Collections.Generic.IReadOnlySet<" : "global::TypedPool.ValueSet<")
        + context.Type(Item(type), isParameter: false) + ">";

    public override string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth) =>
        base.Write(context, type, value, isParameter: false, writer, depth);
}
