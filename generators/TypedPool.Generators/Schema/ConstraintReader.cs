using System.Globalization;
using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>
/// Reads what a schema asks of a value beside its type, and how C# asks it before it sends one. What a bound of a type cannot be
/// compared with, and patterns, are left to Python, and only told.
/// </summary>
internal static class ConstraintReader
{
    /// <summary>The shape with its constraints; an integer becomes as wide as its bounds.</summary>
    public static Shape Apply(JsonNode schema, Shape shape) => shape.Kind switch
    {
        ValueKind.Scalar when shape.Scalar!.Magnitude != Magnitude.None => Numeric(schema, shape),
        ValueKind.Scalar when shape.Scalar == Scalars.String => shape with { Constraints = [.. Lengths(schema), .. Pattern(schema)] },
        ValueKind.Scalar when Scalars.IsPacked(shape.Scalar) => shape with { Constraints = [.. Counts(schema, "minItems", "maxItems", "item")] },
        ValueKind.Scalar => shape with { Constraints = [.. Told(schema)] },
        ValueKind.List or ValueKind.Set => shape with { Constraints = [.. Counts(schema, "minItems", "maxItems", "item")] },
        ValueKind.Map or ValueKind.NumberedMap => shape with { Constraints = [.. Counts(schema, "minProperties", "maxProperties", "member")] },
        _ => shape,
    };

    private static Shape Numeric(JsonNode schema, Shape shape)
    {
        var isDecimal = shape.Scalar!.Magnitude == Magnitude.Decimal;
        var lower = isDecimal ? Bound.Of(schema, "formatMinimum", "formatExclusiveMinimum") : Bound.Of(schema, "minimum", "exclusiveMinimum");
        var upper = isDecimal ? Bound.Of(schema, "formatMaximum", "formatExclusiveMaximum") : Bound.Of(schema, "maximum", "exclusiveMaximum");
        if (shape.Scalar == Integers.Int64 && schema["format"] is null)
        {
            shape = shape with { Scalar = Integers.Between(lower?.Smallest, upper?.Largest) };
        }

        var factor = (isDecimal ? schema["x-multipleOf"] : schema["multipleOf"]) is { Kind: JsonKind.Number or JsonKind.String } node ? node.Text : null;
        return shape with { Constraints = [.. Bounds(shape.Scalar, lower, upper), .. Multiple(shape.Scalar, factor)] };
    }

    private static IEnumerable<Constraint> Bounds(Scalar scalar, Bound? lower, Bound? upper)
    {
        var isInteger = scalar.Magnitude == Magnitude.Integer;
        if (lower is not null && (!isInteger || lower.Smallest is not { } least || Integers.CanBeLessThan(scalar, least)))
        {
            var words = $"{(lower.IsExclusive ? "more than" : "at least")} {lower.Text}";
            yield return isInteger
                ? Checked(words, "AtLeast", scalar, Literals.Integer(scalar, lower.Smallest))
                : Checked(words, lower.IsExclusive ? "MoreThan" : "AtLeast", scalar, Literals.Of(scalar, lower.Text));
        }

        if (upper is not null && (!isInteger || upper.Largest is not { } most || Integers.CanBeMoreThan(scalar, most)))
        {
            var words = $"{(upper.IsExclusive ? "less than" : "at most")} {upper.Text}";
            yield return isInteger
                ? Checked(words, "AtMost", scalar, Literals.Integer(scalar, upper.Largest))
                : Checked(words, upper.IsExclusive ? "LessThan" : "AtMost", scalar, Literals.Of(scalar, upper.Text));
        }
    }

    private static IEnumerable<Constraint> Multiple(Scalar scalar, string? factor)
    {
        if (factor is not null)
        {
            var literal = scalar.Magnitude == Magnitude.Integer
                ? Literals.Integer(scalar, Literals.WholeOrNull(factor))
                : Literals.Of(scalar, factor);
            yield return Checked($"a multiple of {factor}", "MultipleOf", scalar, literal);
        }
    }

    private static Constraint Checked(string words, string method, Scalar scalar, string? literal) => literal is null
        ? new Constraint(words)
        : new Constraint(words, $"{method}<{(scalar.Magnitude == Magnitude.Real ? Scalars.Double : scalar).CSharp}>", literal);

    private static IEnumerable<Constraint> Lengths(JsonNode schema)
    {
        if (Limit(schema, "minLength") is { } least && least > 0)
        {
            yield return new Constraint("at least " + Counted(least, "character"), "MinLength", Text(least));
        }

        if (Limit(schema, "maxLength") is { } most)
        {
            yield return new Constraint("at most " + Counted(most, "character"), "MaxLength", Text(most));
        }
    }

    private static IEnumerable<Constraint> Counts(JsonNode schema, string minimum, string maximum, string unit)
    {
        if (Limit(schema, minimum) is { } least && least > 0)
        {
            yield return new Constraint("at least " + Counted(least, unit), "MinItems", Text(least));
        }

        if (Limit(schema, maximum) is { } most)
        {
            yield return new Constraint("at most " + Counted(most, unit), "MaxItems", Text(most));
        }
    }

    private static IEnumerable<Constraint> Pattern(JsonNode schema)
    {
        if (schema["pattern"] is { Kind: JsonKind.String } pattern)
        {
            yield return new Constraint("matching the pattern " + pattern.Text);
        }
    }

    /// <summary>Bounds of dates and their like, which stand in their own text.</summary>
    private static IEnumerable<Constraint> Told(JsonNode schema)
    {
        if (Bound.Of(schema, "formatMinimum", "formatExclusiveMinimum") is { } lower)
        {
            yield return new Constraint($"{(lower.IsExclusive ? "more than" : "at least")} {lower.Text}");
        }

        if (Bound.Of(schema, "formatMaximum", "formatExclusiveMaximum") is { } upper)
        {
            yield return new Constraint($"{(upper.IsExclusive ? "less than" : "at most")} {upper.Text}");
        }
    }

    private static int? Limit(JsonNode schema, string keyword) =>
        schema[keyword] is { Kind: JsonKind.Number } node
        && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;

    private static string Counted(int count, string unit) => $"{Text(count)} {unit}{(count == 1 ? "" : "s")}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
