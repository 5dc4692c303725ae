namespace TypedPool;

/// <summary>The Python side has another contract than the C# side was generated from.</summary>
public sealed class SchemaMismatchException : PythonPoolException
{
    internal SchemaMismatchException(string message)
        : base(PythonErrorCategory.Communication, "schema_mismatch", message)
    {
    }

    /// <summary>The contract that the C# side was generated from, where it is known.</summary>
    public string? Expected { get; internal init; }

    /// <summary>The contract that the Python side has, where it is known.</summary>
    public string? Actual { get; internal init; }

    /// <summary>What has changed in a way that can make calls fail, where Python was asked; else empty.</summary>
    public ValueList<ContractDifference> Breaking { get; internal init; } = [];

    /// <summary>What has changed without harm to calls, where Python was asked; else empty.</summary>
    public ValueList<ContractDifference> Compatible { get; internal init; } = [];

    /// <summary>Throws unless the two contracts are equal or one of them is not known. Generated code calls it.</summary>
    /// <param name="expected">The contract of the C# side.</param>
    /// <param name="actual">The contract of the Python side.</param>
    /// <exception cref="SchemaMismatchException">The contracts differ.</exception>
    public static void ThrowIfDifferent(string? expected, string? actual)
    {
        if (expected is not null && actual is not null && !string.Equals(expected, actual, StringComparison.Ordinal))
        {
            throw Of(expected, actual, []);
        }
    }

    /// <summary>The exception for a worker with another contract.</summary>
    /// <param name="expected">The contract of the C# side.</param>
    /// <param name="actual">The contract of the Python side.</param>
    /// <param name="differences">What Python said of them.</param>
    /// <returns>The exception.</returns>
    internal static SchemaMismatchException Of(string expected, string actual, IReadOnlyList<ContractDifference> differences)
    {
        var harmless = differences.Count > 0 && differences.All(difference => !difference.IsBreaking);
        return new SchemaMismatchException(
            $"The Python commands are not those that the C# code was generated from: C# has contract {expected}, Python has {actual}. "
            + "Export the schema again (dotnet build -t:TypedPoolExport, or python -m typedpool export) and rebuild"
            + (harmless ? ", or set AllowCompatibleContract to go on with these." : ".")
            + string.Concat(differences.Select(difference => $"\n  {difference}")))
        {
            Expected = expected,
            Actual = actual,
            Breaking = differences.Where(difference => difference.IsBreaking).ToValueList(),
            Compatible = differences.Where(difference => !difference.IsBreaking).ToValueList(),
        };
    }
}
