using TypedPool.Generators.Collections;

namespace TypedPool.Generators.Model;

/// <summary>A union with its reader and writer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its documentation.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Tag">The member that tells its records apart; null where other members do, or where it has no two.</param>
/// <param name="HasManyRecords">Whether records have to be told apart.</param>
/// <param name="IsRead">Whether it has a reader.</param>
/// <param name="IsWritten">Whether it has a writer.</param>
internal sealed record UnionPart(
    string Name, string? Description, EquatableArray<UnionCaseModel> Cases, string? Tag, bool HasManyRecords, bool IsRead, bool IsWritten)
    : Part("type-" + Name);

/// <summary>One case of a union.</summary>
/// <param name="Name">Its name, as in <c>TryGetCircle</c>.</param>
/// <param name="Parameter">Its name as a parameter.</param>
/// <param name="Type">Its type.</param>
/// <param name="Form">What it is in JSON.</param>
/// <param name="Values">The values by which it is known: an enum's, or a tag's.</param>
/// <param name="HasIntegers">Whether these values are integers, not strings.</param>
/// <param name="Key">The member by which a record is known; null where it is known by the lack of the others'.</param>
internal sealed record UnionCaseModel(
    string Name, string Parameter, TypeRef Type, CaseForm Form, EquatableArray<EnumValueModel> Values, bool HasIntegers, string? Key);

/// <summary>What a case is in JSON, as far as its first token tells.</summary>
internal enum CaseForm
{
    String,
    Boolean,
    Integer,
    Number,
    Array,
    Object,
}

/// <summary>A struct over one of a set of values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its documentation.</param>
/// <param name="Values">The values that have a name.</param>
/// <param name="Holds">What it holds.</param>
/// <param name="IsOpen">Whether it may hold any other value.</param>
/// <param name="IsRead">Whether it has a reader.</param>
/// <param name="IsWritten">Whether it has a writer.</param>
internal sealed record ChoicePart(
    string Name, string? Description, EquatableArray<ChoiceValueModel> Values, ChoiceHolds Holds, bool IsOpen, bool IsRead, bool IsWritten)
    : Part("type-" + Name);

/// <summary>A value of a choice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A string's text, a number as it is written.</param>
internal sealed record ChoiceValueModel(string Name, ChoiceHolds Kind, string Text);

/// <summary>What a choice, or one of its values, holds.</summary>
internal enum ChoiceHolds
{
    String,
    Integer,
    Number,
    True,
    False,

    /// <summary>Values of several kinds.</summary>
    Anything,
}
