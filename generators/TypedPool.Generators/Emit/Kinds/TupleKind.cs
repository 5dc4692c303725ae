using System.Globalization;
using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit.Kinds;

/// <summary>Tuples of C#, as arrays of their length.</summary>
internal sealed class TupleKind : KindEmitter
{
    private const string EmptyTuple = "EmptyTuple";

    /// <summary>How many items the struct behind a tuple has beside the one that holds the rest.</summary>
    private const int MostFields = 7;

    /// <summary>The struct behind a tuple.</summary>
    /// <param name="context">How types are called.</param>
    /// <param name="parts">The types of its items, not as a parameter.</param>
    public static string Struct(EmitContext context, IEnumerable<TypeRef> parts)
    {
        var items = parts.ToList();
        if (items.Count == 0)
        {
            return Names.ValueTuple;
        }

        var arguments = items.Take(MostFields).Select(part => context.Type(part, isParameter: false));
        var rest = items.Count > MostFields ? [Struct(context, items.Skip(MostFields))] : Array.Empty<string>();
        return $"{Names.ValueTuple}<{string.Join(", ", arguments.Concat(rest))}>";
    }

    public override bool IsValueType(TypeRef type) => true;

    public override string Type(EmitContext context, TypeRef type, bool isParameter)
    {
        var items = string.Join(", ", type.Parts.Select(part => context.Type(part, isParameter)));
        return type.Parts.Count switch
        {
            0 => Names.ValueTuple,
            1 => $"{Names.ValueTuple}<{items}>",
            _ => $"({items})",
        };
    }

    // The items of a tuple's expression are evaluated from left to right.
    public override string Read(EmitContext context, TypeRef type, string reader, int depth)
    {
        if (type.Parts.Count == 0)
        {
            return $"{ReaderMethod(context, type)}(ref {reader})";
        }

        var length = type.Parts.Count.ToString(CultureInfo.InvariantCulture);
        var items = string.Join(", ", type.Parts.Select((part, i) =>
            $"{Names.JsonRead}.{(i == 0 ? "First" : "Next")}Item<{context.Type(part, isParameter: false)}>(ref {reader}, {length}, {ValueEmitter.Reader(context, part, depth + 1)})"));
        var tuple = type.Parts.Count == 1 ? $"new {Type(context, type, isParameter: false)}({items})" : $"({items})";
        return $"{Names.JsonRead}.EndTuple<{Type(context, type, isParameter: false)}>(ref {reader}, {tuple}, {length})";
    }

    public override string Write(EmitContext context, TypeRef type, string value, bool isParameter, string writer, int depth)
    {
        if (type.Parts.Count == 0)
        {
            return $"{Names.JsonWrite}.{EmptyTuple}({writer}, {value})";
        }

        var suffix = (depth + 1).ToString(CultureInfo.InvariantCulture);
        var items = string.Join(" ", type.Parts.Select((part, i) => ValueEmitter.WriteOrNull(
            context, part, $"value{suffix}.Item{(i + 1).ToString(CultureInfo.InvariantCulture)}", isParameter, "writer" + suffix, depth + 1)));
        return $"{Names.JsonWrite}.Tuple<{Type(context, type, isParameter)}>({writer}, {value}, static (writer{suffix}, value{suffix}) => {{ {items} }})";
    }

    public override string? ReaderMethod(EmitContext context, TypeRef type) =>
        type.Parts.Count == 0 ? $"{Names.JsonRead}.{EmptyTuple}" : null;
}
