using System.Diagnostics.CodeAnalysis;
using TypedPool.Serialization;

namespace TypedPool.Pool;

/// <summary>The functions of the host that Python may call in a pool, by the names of class and function.</summary>
internal sealed class HostTable
{
    private readonly Dictionary<string, HostFunction> _functions = new(StringComparer.Ordinal);

    /// <summary>The functions of all classes.</summary>
    /// <param name="hosts">The classes.</param>
    internal HostTable(IReadOnlyList<PythonHost> hosts)
    {
        foreach (var host in hosts.Cast<HostInterface>())
        {
            foreach (var function in host.Functions)
            {
                _functions[$"{host.Name}.{function.Name}"] = function;
            }
        }
    }

    /// <summary>Finds a function.</summary>
    /// <param name="name">The names, with a point between them, in UTF-8.</param>
    /// <param name="function">The function.</param>
    /// <returns>Whether there is one.</returns>
    internal bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out HostFunction? function) =>
        _functions.TryGetValue(System.Text.Encoding.UTF8.GetString(name), out function);
}
