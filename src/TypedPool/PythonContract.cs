using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace TypedPool;

/// <summary>What C# and Python agree on: the hash of a schema, and what it is the hash of. Generated code holds its own.</summary>
/// <param name="Hash">The hash: <c>sha256:…</c>.</param>
/// <param name="Document">
/// The reduced schema as JSON, by which Python tells how its own contract differs; null where only the hash is known.
/// </param>
[TypeConverter(typeof(PythonContractConverter))]
public sealed record PythonContract(string Hash, string? Document = null)
{
    /// <summary>A contract of which only the hash is known.</summary>
    /// <param name="hash">The hash, or null.</param>
    /// <returns>The contract, or null.</returns>
    [return: NotNullIfNotNull(nameof(hash))]
    public static implicit operator PythonContract?(string? hash) => FromString(hash);

    /// <summary>A contract of which only the hash is known.</summary>
    /// <param name="hash">The hash, or null.</param>
    /// <returns>The contract, or null.</returns>
    [return: NotNullIfNotNull(nameof(hash))]
    public static PythonContract? FromString(string? hash) => hash is null ? null : new PythonContract(hash);

    /// <summary>The hash.</summary>
    /// <returns>The hash.</returns>
    public override string ToString() => Hash;
}
