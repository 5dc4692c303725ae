namespace TypedPool.Generators.Types;

/// <summary>What a schema asks of a value beside its type.</summary>
/// <param name="Words">What it asks, in words.</param>
/// <param name="Method">The method of <c>JsonCheck</c> that asks it; empty where Python alone does.</param>
/// <param name="Argument">That method's argument, as C#.</param>
internal sealed record Constraint(string Words, string Method = "", string Argument = "");
