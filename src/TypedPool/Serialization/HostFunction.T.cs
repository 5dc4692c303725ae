using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>A function of the host, typed. Generated code makes it.</summary>
/// <typeparam name="TArguments">Its arguments.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
/// <param name="name">Its name, as Python has it.</param>
/// <param name="readArguments">Reads the arguments: one JSON object.</param>
/// <param name="invoke">Calls it.</param>
/// <param name="writeResult">Writes the result.</param>
public sealed class HostFunction<TArguments, TResult>(
    string name,
    JsonReader<TArguments> readArguments,
    Func<TArguments, HostCall, CancellationToken, Task<TResult>> invoke,
    JsonWriter<TResult> writeResult) : HostFunction(name)
{
    /// <inheritdoc />
    internal override async Task<Action<Utf8JsonWriter>> InvokeAsync(
        ReadOnlyMemory<byte> arguments, HostCall call, CancellationToken cancellationToken)
    {
        var result = await invoke(Read(arguments.Span), call, cancellationToken).ConfigureAwait(false);
        return writer => writeResult(writer, result);
    }

    private TArguments Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return readArguments(ref reader);
    }
}
