using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>What C# says of values of one kind. None of it deals with null: <see cref="ValueEmitter"/> does.</summary>
internal abstract class KindEmitter
{
    /// <summary>The type, not nullable.</summary>
    /// <param name="context">How types are called.</param>
    /// <param name="type">The type.</param>
    /// <param name="isParameter">Whether collections are what any collection is, not our own.</param>
    public abstract string Type(EmitContext context, TypeRef type, bool isParameter);

    /// <summary>Whether null needs <c>Nullable</c>.</summary>
    public abstract bool IsValueType(TypeRef type);

    /// <summary>An expression that reads a value from the variable <paramref name="reader"/>.</summary>
    public abstract string Read(EmitContext context, TypeRef type, string reader, int depth);

    /// <summary>An expression that writes the value <paramref name="value"/> to the variable <paramref name="writer"/>.</summary>
    public abstract string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth);

    /// <summary>A method that reads a value and needs no more than the reader; null where there is none.</summary>
    public abstract string? ReaderMethod(EmitContext context, TypeRef type);
}
