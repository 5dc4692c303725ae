using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>A function of the host.</summary>
public abstract class HostFunction
{
    private protected HostFunction(string name) => Name = name;

    /// <summary>Its name, as Python has it.</summary>
    public string Name { get; }

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">Its arguments: a JSON object.</param>
    /// <param name="call">The call that asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Writes the result.</returns>
    /// <exception cref="JsonMismatchException">The arguments are others.</exception>
    internal abstract Task<Action<Utf8JsonWriter>> InvokeAsync(ReadOnlyMemory<byte> arguments, HostCall call, CancellationToken cancellationToken);
}
