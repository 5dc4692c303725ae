namespace TypedPool.Serialization;

/// <summary>An exception that a command declares, and the C# exception made of it.</summary>
/// <param name="Type">The Python class, qualified by its module: <c>commands.EmptyText</c>.</param>
/// <param name="Create">Makes the exception to throw.</param>
public sealed record DeclaredError(string Type, Func<PythonError, PythonException> Create);
