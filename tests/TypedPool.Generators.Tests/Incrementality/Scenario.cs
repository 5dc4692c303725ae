using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

/// <summary>An edit of a project, and what it may run again.</summary>
/// <param name="Name">The edit in words.</param>
/// <param name="Reasons">
/// The reasons of all outputs of each step, in the order of <see cref="StepNames.All"/>, and after the bar those of the emitted
/// files and reports: C is cached, U unchanged (run again, to the same end), M modified, N new, R removed; - is no output at all.
/// </param>
/// <param name="Rewritten">The files whose model is new or another one, without what all their names have in common.</param>
/// <param name="Edit">Does it.</param>
internal sealed record Scenario(string Name, string Reasons, string[] Rewritten, Func<Generation, Generation> Edit)
{
    /// <summary>The state before the edit.</summary>
    public Func<Generation> Begin { get; init; } = Scenarios.One;
}
