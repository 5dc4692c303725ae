namespace TypedPool.Serialization;

/// <summary>The result of a command that returns nothing.</summary>
public readonly record struct NoResult;
