using TypedPool.Generators.Model;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Which emitter writes which kind: one row each.</summary>
internal static class KindEmitters
{
    private static readonly Dictionary<ValueKind, KindEmitter> Rows = new()
    {
        [ValueKind.Scalar] = new ScalarKind(),
        [ValueKind.List] = new ListKind(),
        [ValueKind.Stream] = new StreamKind(),
        [ValueKind.Set] = new SetKind(),
        [ValueKind.Tuple] = new TupleKind(),
        [ValueKind.Map] = new MapKind("Map"),
        [ValueKind.NumberedMap] = new MapKind("NumberedMap"),
        [ValueKind.Record] = new NamedKind(isValueType: false),
        [ValueKind.Enum] = new NamedKind(isValueType: true),
        [ValueKind.Choice] = new NamedKind(isValueType: true),
        [ValueKind.Union] = new NamedKind(isValueType: false),
    };

    public static KindEmitter Of(TypeRef type) => Rows[type.Kind];
}
