using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>What an invoker needs to know of a command. Generated code holds one a command.</summary>
/// <typeparam name="TRequest">The arguments.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="name">The command's name on the wire.</param>
/// <param name="writeParams">Writes the arguments as one JSON object, or as an array.</param>
/// <param name="readResult">Reads the result; of a stream, one item.</param>
public sealed class PythonCommand<TRequest, TResult>(
    string name, JsonWriter<TRequest> writeParams, JsonReader<TResult> readResult)
{
    /// <summary>The command's name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>Writes the arguments as one JSON object, or as an array.</summary>
    public JsonWriter<TRequest> WriteParams { get; } = writeParams;

    /// <summary>Reads the result; of a stream, one item.</summary>
    public JsonReader<TResult> ReadResult { get; } = readResult;

    /// <summary>Whether running the command twice does no more than running it once.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Whether the arguments may hold what travels beside them: bytes, lists of numbers, arrays.</summary>
    public bool Attaches { get; init; }

    /// <summary>
    /// Whether <see cref="ReadResult"/> takes what travels beside an answer: bytes, lists of numbers, arrays. Otherwise all of the
    /// result comes as JSON, bytes as base64; the default.
    /// </summary>
    public bool ReadsAttachments { get; init; }

    /// <summary>
    /// Whether <see cref="ReadResult"/> waits for nothing: it may then run on the caller's own thread, before the call returns a
    /// task, where a small answer is there at once. Otherwise it never does, so that one that does not return holds up nobody; the default.
    /// </summary>
    public bool ReadsPromptly { get; init; }

    /// <summary>
    /// Whether streams may be among the arguments, which <see cref="JsonWrite.Stream"/> writes. Such a call is not run again where
    /// it may have run, also if it <see cref="IsIdempotent"/>.
    /// </summary>
    public bool Streams { get; init; }

    /// <summary>The exceptions that the command declares.</summary>
    public IReadOnlyList<DeclaredError> Errors { get; init; } = [];

    /// <summary>The name as JSON, encoded once.</summary>
    internal JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);
}
