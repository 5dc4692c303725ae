namespace TypedPool.Tests.Architecture;

/// <summary>An arrow in the wrong direction that docs/architecture.md owns up to, until it is gone.</summary>
/// <param name="From">The room that names what it should not.</param>
/// <param name="To">The room that it should not know of.</param>
/// <param name="Through">The only thing in that room that it may name meanwhile.</param>
internal sealed record Crossing(string From, string To, string Through);
