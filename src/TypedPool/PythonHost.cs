namespace TypedPool;

/// <summary>
/// Functions of this program that Python commands call, for <see cref="PythonPoolOptions.AddHost"/>. Generated code makes it
/// of an implementation: <c>PythonCommands.Host(new Prices())</c>.
/// </summary>
public abstract class PythonHost
{
    private protected PythonHost(string name, IReadOnlyList<string> functions)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        FunctionNames = functions;
    }

    /// <summary>The Python class that declares the functions.</summary>
    public string Name { get; }

    /// <summary>The functions, as Python names them.</summary>
    public IReadOnlyList<string> FunctionNames { get; }
}
