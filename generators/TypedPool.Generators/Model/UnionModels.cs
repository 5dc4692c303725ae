using TypedPool.Generators.Collections;
using TypedPool.Generators.Json;
using TypedPool.Generators.Naming;
using TypedPool.Generators.Schema;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Model;

/// <summary>Makes the models of unions.</summary>
internal static class UnionModels
{
    public static UnionPart Of(DeclaredUnion union, DocumentNames names, Func<Shape, TypeRef> typeOf)
    {
        var caseNames = CaseNames(union, names);
        var parameters = new List<string>();
        var cases = union.Cases.Select((shape, i) =>
        {
            var parameter = MemberNames.Beside(parameters, Identifier.Camel(caseNames[i]), Identifier.Camel(caseNames[i]) + "Value");
            parameters.Add(parameter);
            var sign = union.Records?.Signs.FirstOrDefault(each => ReferenceEquals(each.Record, shape.Declared));
            var values = sign?.Values ?? (shape.Declared as DeclaredEnum)?.Values ?? [];
            return new UnionCaseModel(
                caseNames[i],
                parameter,
                typeOf(shape),
                (CaseForm)JsonForms.Of(shape),
                Values(values),
                values.Any(value => value.Place.Kind == JsonKind.Number),
                sign?.Key);
        }).ToList();
        return new UnionPart(
            names.Of(union), union.Description, new(cases), union.Records?.Tag, union.Records is not null, union.IsRead, union.IsWritten);
    }

    private static EquatableArray<EnumValueModel> Values(IReadOnlyList<EnumValue> values) =>
        new(values.Select(value => new EnumValueModel(value.Name, value.Text, value.Number)));

    private static IReadOnlyList<string> CaseNames(DeclaredUnion union, DocumentNames names)
    {
        var claims = union.Cases.Select((shape, i) => new NameClaim<Shape>(
            shape, shape.Declared is null ? 1 : 0, $"{i}", shape.Declared is { } type ? names.Of(type) : shape.Scalar?.Method ?? Word(shape))).ToList();
        var assigned = NameTable.Assign(claims, []);
        return [.. union.Cases.Select(shape => assigned[shape])];
    }

    private static string Word(Shape shape) => shape.Kind == ValueKind.NumberedMap ? "Map" : shape.Kind.ToString();
}
