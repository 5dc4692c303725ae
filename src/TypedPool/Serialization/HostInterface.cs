namespace TypedPool.Serialization;

/// <summary>Functions of the host. Generated code makes one of an implementation.</summary>
/// <param name="name">The Python class that declares them.</param>
/// <param name="functions">The functions.</param>
public sealed class HostInterface(string name, params HostFunction[] functions)
    : PythonHost(name, [.. functions.Select(function => function.Name)])
{
    /// <summary>The functions.</summary>
    internal IReadOnlyList<HostFunction> Functions { get; } = functions;
}
