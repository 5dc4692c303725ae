using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>
/// Says what each union comes to, once all objects are read: nested unions are one, what is the same counts once, and what
/// JSON cannot tell apart is any value.
/// </summary>
internal sealed class UnionSettler(SchemaReader schemas)
{
    private readonly HashSet<DeclaredUnion> _open = [];

    public void Settle(IEnumerable<DeclaredUnion> unions)
    {
        foreach (var union in unions)
        {
            Settle(union);
        }
    }

    private void Settle(DeclaredUnion union)
    {
        if (union.Outcome is not null || !_open.Add(union))
        {
            return;
        }

        var cases = new List<Shape>();
        var isNullable = false;
        foreach (var branch in union.Branches)
        {
            isNullable |= Flatten(union, branch, cases);
        }

        cases = ChoiceMerger.Merge(schemas, union, AnyText(union, cases));
        var outcome = Outcome(union, cases);
        union.Outcome = isNullable ? outcome.OrNull() : outcome;
        _open.Remove(union);
    }

    /// <summary>Adds a branch to the cases; whether null is one, too.</summary>
    private bool Flatten(DeclaredUnion union, Shape branch, List<Shape> cases)
    {
        if (branch.Declared is DeclaredUnion inner)
        {
            Settle(inner);
            var isNullable = branch.IsNullable || inner.Outcome?.IsNullable == true;
            foreach (var nested in ReferenceEquals(inner.Outcome?.Declared, inner) ? inner.Cases : inner.Outcome is { } outcome ? [outcome] : [])
            {
                isNullable |= Flatten(union, nested, cases);
            }

            return isNullable;
        }

        if (branch.IsNull)
        {
            return true;
        }

        var bare = branch with { IsNullable = false };
        var same = cases.FindIndex(known => known.IsSame(bare));
        if (same < 0)
        {
            cases.Add(bare);
        }
        else
        {
            cases[same] = cases[same].Either(bare);
        }

        return branch.IsNullable;
    }

    /// <summary>Beside strings of any form those of one are no case of their own: every text of the one is a text of the other.</summary>
    private List<Shape> AnyText(DeclaredUnion union, List<Shape> cases)
    {
        var any = cases.FindIndex(shape => shape.Scalar == Scalars.String);
        if (any < 0 || !cases.Exists(shape => shape.Scalar is { } scalar && Scalars.IsText(scalar)))
        {
            return cases;
        }

        schemas.Note(union.Place, "any string may stand there, so that one of a format is a string, too");
        cases[any] = Shape.String;
        return cases.FindAll(shape => shape.Scalar is not { } scalar || !Scalars.IsText(scalar));
    }

    private Shape Outcome(DeclaredUnion union, List<Shape> cases)
    {
        if (cases.Count == 0)
        {
            return Shape.Null;
        }

        if (cases.Count == 1)
        {
            return cases[0];
        }

        if (cases.Exists(shape => shape.Scalar == Scalars.Element))
        {
            return schemas.Untyped(union.Place, "a union, one of whose types takes any value", Causes.Ambiguous);
        }

        if (Ambiguous(cases) is { } types)
        {
            return schemas.Untyped(union.Place, "a union of " + types, Causes.Ambiguous);
        }

        var records = cases.Select(shape => shape.Declared).OfType<DeclaredRecord>().ToList();
        if (records.Count > 1)
        {
            union.Records = RecordTests.Find(union.Place, records);
            if (union.Records is null)
            {
                return schemas.Untyped(
                    union.Place, "a union of objects that neither a tag (a member of one value in each) nor required members of their own tell apart", Causes.Ambiguous);
            }
        }

        union.Cases = cases;
        return Shape.Of(union);
    }

    /// <summary>The cases that have one form in JSON, in words, where nothing tells them apart; null where every case has its own.</summary>
    private static string? Ambiguous(List<Shape> cases)
    {
        foreach (var form in cases.GroupBy(JsonForms.Of))
        {
            var others = form.Count(shape => shape.Declared is not DeclaredEnum);
            var isClear = form.Key switch
            {
                JsonForm.String or JsonForm.Integer => (others <= 1 || form.All(IsTextOrEnum))
                    && AreDisjoint(form.Select(shape => shape.Declared).OfType<DeclaredEnum>()),
                JsonForm.Object => form.Count() == 1 || form.All(shape => shape.Declared is DeclaredRecord),
                _ => form.Count() == 1,
            };
            if (!isClear)
            {
                return form.Key == JsonForm.Object
                    ? "a map and other objects: any member could be the map's"
                    : $"several types that are {JsonForms.Words(form.Key)} in JSON";
            }
        }

        return null;
    }

    /// <summary>No text is of two formats, so that they tell themselves apart.</summary>
    private static bool IsTextOrEnum(Shape shape) => shape.Declared is DeclaredEnum || (shape.Scalar is { } scalar && Scalars.IsText(scalar));

    private static bool AreDisjoint(IEnumerable<DeclaredEnum> enums)
    {
        var known = new HashSet<(string, long)>();
        return enums.SelectMany(each => each.Values).All(value => known.Add((value.Text, value.Number)));
    }
}
