using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>A set of values beside any value of their type is an open enum: what is known has a name, and the rest travels as well.</summary>
internal static class ChoiceMerger
{
    public static List<Shape> Merge(SchemaReader schemas, DeclaredUnion union, List<Shape> cases)
    {
        cases = Merge(schemas, union, cases, Scalars.String, isString: true);
        return Merge(schemas, union, cases, Scalars.Int64, isString: false);
    }

    private static List<Shape> Merge(SchemaReader schemas, DeclaredUnion union, List<Shape> cases, Scalar free, bool isString)
    {
        bool IsSet(Shape shape) => shape.Declared is DeclaredEnum { IsOpen: false, IsFlags: false } known && known.IsString == isString;
        var any = cases.FindIndex(shape => shape.Scalar == free);
        var sets = cases.FindAll(IsSet);
        if (any < 0 || sets.Count == 0)
        {
            return cases;
        }

        var values = sets.SelectMany(shape => ((DeclaredEnum)shape.Declared!).Values)
            .GroupBy(value => (value.Text, value.Number)).Select(group => group.First());
        var isAlone = sets.Count + 1 == cases.Count;
        var open = new DeclaredEnum(union.Place, [.. values], isString ? ChoiceBase.String : ChoiceBase.Integer, isOpen: true)
        {
            NameSuffix = isAlone ? "" : isString ? "Text" : "Number",
        };
        var merged = cases.ToList();
        merged[any] = schemas.Declare(open);
        merged.RemoveAll(IsSet);
        return merged;
    }
}
