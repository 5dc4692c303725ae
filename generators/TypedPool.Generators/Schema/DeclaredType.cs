using System.Runtime.CompilerServices;
using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>A type of the document that becomes a C# type of its own, known by the place where it stands.</summary>
internal abstract class DeclaredType(JsonNode place, ValueKind kind)
{
    public JsonNode Place { get; } = place;

    public ValueKind Kind { get; } = kind;

    /// <summary>What follows in its name, where another type is named by the same place.</summary>
    public string NameSuffix { get; set; } = "";

    /// <summary>The class's docstring.</summary>
    public string? Description { get; set; }

    /// <summary>Whether a command sends it.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Whether a command returns it.</summary>
    public bool IsRead { get; set; }

    /// <summary>Whether something in it may travel beside a message: see <see cref="Attaching"/>.</summary>
    public bool Attaches { get; set; }

    /// <summary>What its values hold.</summary>
    public virtual IEnumerable<Shape> Shapes => [];
}

/// <summary>An object with members of its own.</summary>
/// <param name="place">Where it stands.</param>
/// <param name="parts">The schemas that describe it together.</param>
/// <param name="others">What members beyond the declared ones hold; null where they are skipped.</param>
internal sealed class DeclaredRecord(JsonNode place, IReadOnlyList<JsonNode> parts, Shape? others) : DeclaredType(place, ValueKind.Record)
{
    public IReadOnlyList<JsonNode> Parts { get; } = parts;

    /// <summary>Which branches of the schema lead to it, where that describes several objects.</summary>
    public IReadOnlyList<JsonNode> Branches { get; set; } = [];

    public Shape? Others { get; } = others;

    public IReadOnlyList<Member> Members { get; set; } = [];

    public override IEnumerable<Shape> Shapes => [.. Members.Select(member => member.Shape), .. Others is null ? (Shape[])[] : [Others]];
}

/// <summary>What the values of an enum are in JSON.</summary>
internal enum ChoiceBase
{
    String,
    Integer,
    Number,

    /// <summary>Of several kinds.</summary>
    Mixed,
}

/// <summary>A set of values: closed, or open for any other of their kind.</summary>
internal sealed class DeclaredEnum(
    JsonNode place, IReadOnlyList<EnumValue> values, ChoiceBase @base, bool isOpen = false, bool isFlags = false)
    : DeclaredType(place, isOpen || @base is ChoiceBase.Number or ChoiceBase.Mixed ? ValueKind.Choice : ValueKind.Enum)
{
    public IReadOnlyList<EnumValue> Values { get; } = values;

    public ChoiceBase Base { get; } = @base;

    public bool IsString => Base == ChoiceBase.String;

    public bool IsOpen { get; } = isOpen;

    /// <summary>Whether it is a struct, because no C# enum can hold its values.</summary>
    public bool IsChoice => Kind == ValueKind.Choice;

    /// <summary>Whether its values are bits that combine.</summary>
    public bool IsFlags { get; } = isFlags;
}

/// <summary>One value of an enum.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">The name it should have.</param>
/// <param name="Text">A string's value.</param>
/// <param name="Number">An integer's value.</param>
internal sealed record EnumValue(JsonNode Place, string Name, string Text, long Number);

/// <summary>A parameter of a command or a member of an object.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Shape">What it holds.</param>
/// <param name="IsRequired">Whether it is always there.</param>
/// <param name="Default">What Python takes where it is absent, if the schema says.</param>
/// <param name="Description">Its documentation.</param>
/// <param name="IsDeprecated">Whether it should no longer be used.</param>
internal sealed record Member(
    JsonNode Place, string Name, Shape Shape, bool IsRequired, JsonNode? Default, string? Description, bool IsDeprecated)
{
    /// <summary>Whether its items are sent one after the other: it is described as the list of them.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>
    /// Whether it can have one value only, as the tags of unions do, and to be without it means nothing else: it is always
    /// there, or Python takes that value where it is not.
    /// </summary>
    public bool IsFixed => (IsRequired || Default is not null) && Shape is { IsNullable: false, Declared: DeclaredEnum { Kind: ValueKind.Enum, IsFlags: false, Values.Count: 1 } };

    // A key of the tables of names: it is itself, whatever it says.
    public bool Equals(Member? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}
