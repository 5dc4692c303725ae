using TypedPool.Generators.Emit.Kinds;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the type of a union: a class that wraps one case.</summary>
internal static class UnionEmitter
{
    public static void Emit(EmitContext context, UnionPart part)
    {
        var code = context.Code;
        var type = context.Global(part.Name);
        Documentation.Element(
            code, "summary", string.IsNullOrWhiteSpace(part.Description) ? $"One of {string.Join(", ", part.Cases.Select(each => each.Name))}." : part.Description!);
        code.Line(Names.GeneratedCode)
            .Open($"{context.Accessibility} sealed partial class {Identifier.Escape(part.Name)} : global::System.IEquatable<{type}>")
            .Open($"private {Identifier.Escape(part.Name)}(object value)")
            .Line("Value = value;")
            .Close()
            .Line()
            .Line("/// <summary>The value, of the type of its case.</summary>")
            .Line("public object Value { get; }");
        foreach (var each in part.Cases)
        {
            Case(context, part, each);
        }

        Match(context, part);
        Equality(context, part);
        code.Close();
        UnionJsonEmitter.Emit(context, part);
    }

    /// <summary>The type of a case in C#.</summary>
    public static string Type(EmitContext context, UnionCaseModel each) => context.Type(each.Type, isParameter: false);

    /// <summary>The same in a pattern, where parentheses would take a tuple to pieces.</summary>
    public static string Pattern(EmitContext context, UnionCaseModel each) =>
        each.Type.Kind == ValueKind.Tuple ? TupleKind.Struct(context, each.Type.Parts) : Type(context, each);

    public static bool IsValueType(UnionCaseModel each) => KindEmitters.Of(each.Type).IsValueType(each.Type);

    private static void Case(EmitContext context, UnionPart part, UnionCaseModel each)
    {
        var union = context.Global(part.Name);
        var type = Type(context, each);
        var code = context.Code.Line()
            .Line($"/// <summary>The case {each.Name}.</summary>")
            .Line("/// <param name=\"value\">Its value.</param>")
            .Line("/// <returns>The union.</returns>")
            .Open($"public static {union} From{each.Name}({type} value)");
        if (!IsValueType(each))
        {
            code.Line($"{Names.ThrowIfNull}(value);");
        }

        code.Line($"return new {union}(value);")
            .Close()
            .Line()
            .Line($"/// <summary>The case {each.Name}.</summary>")
            .Line("/// <param name=\"value\">Its value.</param>")
            .Line($"public static implicit operator {union}({type} value) => From{each.Name}(value);")
            .Line()
            .Line($"/// <summary>Whether this is the case {each.Name}.</summary>")
            .Line("/// <param name=\"value\">Its value.</param>")
            .Line("/// <returns>Whether it is.</returns>")
            .Open($"public bool TryGet{each.Name}({(IsValueType(each) ? $"out {type} value" : $"[global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out {type}? value")})")
            .Open($"if (Value is {Pattern(context, each)} found)")
            .Line("value = found;")
            .Line("return true;")
            .Close()
            .Line()
            .Line("value = default;")
            .Line("return false;")
            .Close();
    }

    private static void Match(EmitContext context, UnionPart part)
    {
        var code = context.Code.Line()
            .Line("/// <summary>What the delegate of its case makes of the value.</summary>")
            .Line("/// <typeparam name=\"TResult\">What is made of it.</typeparam>");
        foreach (var each in part.Cases)
        {
            code.Line($"/// <param name=\"{each.Parameter}\">Called for the case {each.Name}.</param>");
        }

        var parameters = part.Cases.Select(each => $"global::System.Func<{Type(context, each)}, TResult> {Identifier.Escape(each.Parameter)}");
        code.Line("/// <returns>What the delegate returned.</returns>")
            .Open($"public TResult Match<TResult>({string.Join(", ", parameters)})");
        foreach (var each in part.Cases)
        {
            code.Line($"{Names.ThrowIfNull}({Identifier.Escape(each.Parameter)});");
        }

        code.Line("return Value switch").Open();
        foreach (var each in part.Cases)
        {
            code.Line($"{Pattern(context, each)} found => {Identifier.Escape(each.Parameter)}(found),");
        }

        code.Line("_ => throw new global::System.InvalidOperationException(),").Close("};").Close();
    }

    private static void Equality(EmitContext context, UnionPart part)
    {
        var type = context.Global(part.Name);
        context.Code.Line()
            .Line("/// <inheritdoc />")
            .Line($"public bool Equals([global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] {type}? other) => other is not null && Value.Equals(other.Value);")
            .Line()
            .Line("/// <inheritdoc />")
            .Line($"public override bool Equals([global::System.Diagnostics.CodeAnalysis.NotNullWhen(true)] object? obj) => Equals(obj as {type});")
            .Line()
            .Line("/// <inheritdoc />")
            .Line("public override int GetHashCode() => Value.GetHashCode();")
            .Line()
            .Line("/// <summary>The text of the value, the same in every culture.</summary>")
            .Line("/// <returns>The text.</returns>")
            .Line("public override string ToString() => global::System.FormattableString.Invariant($\"{Value}\");")
            .Line()
            .Line("/// <summary>Whether two are of one case and equal.</summary>")
            .Line("/// <param name=\"left\">One of them.</param>")
            .Line("/// <param name=\"right\">The other.</param>")
            .Line($"public static bool operator ==({type}? left, {type}? right) => left is null ? right is null : left.Equals(right);")
            .Line()
            .Line("/// <summary>Whether two are of different cases or not equal.</summary>")
            .Line("/// <param name=\"left\">One of them.</param>")
            .Line("/// <param name=\"right\">The other.</param>")
            .Line($"public static bool operator !=({type}? left, {type}? right) => !(left == right);");
    }
}
