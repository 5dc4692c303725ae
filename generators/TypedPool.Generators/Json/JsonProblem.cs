using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Json;

/// <summary>What can be wrong with JSON text.</summary>
internal enum JsonProblemKind
{
    /// <summary>It is not JSON; reading ended here.</summary>
    Syntax,

    /// <summary>An object has two members of one name; the later counts.</summary>
    DuplicateMember,

    /// <summary>A string holds half of a surrogate pair; U+FFFD stands for it.</summary>
    LoneSurrogate,
}

/// <summary>Something wrong with JSON text.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Span">Where.</param>
/// <param name="Detail">For syntax what was expected, for a duplicate the member's name.</param>
internal sealed record JsonProblem(JsonProblemKind Kind, TextSpan Span, string Detail);

/// <summary>What was read of a JSON text.</summary>
/// <param name="Root">The value; cut off at a syntax error, null where nothing was read.</param>
/// <param name="Problems">What is wrong with it, in order.</param>
internal sealed record JsonTree(JsonNode? Root, IReadOnlyList<JsonProblem> Problems)
{
    /// <summary>Whether the whole text was read.</summary>
    public bool IsComplete => Problems.All(problem => problem.Kind != JsonProblemKind.Syntax);
}
