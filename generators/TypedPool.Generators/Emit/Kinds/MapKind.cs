using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Maps: any dictionary as a parameter, else our own, which compare by their members.</summary>
internal sealed class MapKind() : CollectionKind("Map")
{
    public override string Type(EmitContext context, TypeRef type, bool isParameter) =>
        (isParameter ? "global::System.Collections.Generic.IReadOnlyDictionary<" : "global::TypedPool.ValueMap<")
        + context.Type(type.Parts[0], isParameter) + ", " + context.Type(Item(type), isParameter) + ">";
}
