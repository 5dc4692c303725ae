using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>One of several types. What it comes to is known only when all objects are read: see <see cref="UnionSettler"/>.</summary>
/// <param name="place">Where it stands.</param>
/// <param name="readBranches">Read its branches, each when asked for: one may lead back to this union.</param>
internal sealed class DeclaredUnion(JsonNode place, IReadOnlyList<Func<Shape>> readBranches) : DeclaredType(place, ValueKind.Union)
{
    public IReadOnlyList<Shape> Branches { get; private set; } = [];

    /// <summary>What it comes to: itself, or another type where nothing is left to tell apart; null until that is known.</summary>
    public Shape? Outcome { get; set; }

    /// <summary>Its cases, where it is a union.</summary>
    public IReadOnlyList<Shape> Cases { get; set; } = [];

    /// <summary>How its records are told apart; null where it has no two of them.</summary>
    public RecordTest? Records { get; set; }

    public override IEnumerable<Shape> Shapes => Cases;

    public void ReadBranches() => Branches = [.. readBranches.Select(read => read())];
}

/// <summary>How the records of a union are told apart.</summary>
/// <param name="Tag">The member that says which one it is; null where that is told by which members are there.</param>
/// <param name="Signs">For each record the tag's values, or its own member; none for the one that has none of its own.</param>
internal sealed record RecordTest(string? Tag, IReadOnlyList<(DeclaredRecord Record, IReadOnlyList<EnumValue> Values, string? Key)> Signs);
