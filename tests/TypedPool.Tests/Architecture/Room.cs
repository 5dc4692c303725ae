namespace TypedPool.Tests.Architecture;

/// <summary>One line of a table in docs/architecture.md.</summary>
/// <param name="Name">The room's name.</param>
/// <param name="Holds">What is in it: namespaces, packages, single types or modules.</param>
/// <param name="KnowsOf">The rooms that it may name.</param>
internal sealed record Room(string Name, IReadOnlyList<string> Holds, IReadOnlyList<string> KnowsOf);
