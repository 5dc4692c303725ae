namespace TypedPool.Tests.Architecture;

/// <summary>One type or module names another.</summary>
/// <param name="From">The full name of the one.</param>
/// <param name="To">The full name of the other.</param>
internal readonly record struct Arrow(string From, string To);
