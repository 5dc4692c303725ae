using System.Text.Json;

namespace TypedPool.Serialization;

/// <content>Streams.</content>
public static partial class JsonWrite
{
    /// <summary>
    /// Writes a parameter that is a stream: its items are sent after the arguments, when Python asks for them. To be called
    /// only while an invoker writes the arguments of a command that <see cref="PythonCommand{TRequest, TResult}.Streams"/>.
    /// </summary>
    /// <typeparam name="T">What an item is.</typeparam>
    /// <param name="writer">Where to write.</param>
    /// <param name="value">The stream.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="item">Writes an item.</param>
    /// <exception cref="JsonMismatchException">It is null.</exception>
    /// <exception cref="NotSupportedException">Whoever writes sends no streams.</exception>
    public static void Stream<T>(Utf8JsonWriter writer, IAsyncEnumerable<T> value, string name, JsonWriter<T> item)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(item);
        Required(value, "a stream");
        var streams = OutgoingStreams.Current ?? throw new NotSupportedException($"The parameter {name} is a stream, and this invoker sends none.");
        streams.Add(writer, new OutgoingStream<T>(name, value, item));
    }
}
