using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading.Tasks.Sources;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>A pending call and the reader of its result.</summary>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="readResult">Reads the result.</param>
internal class PendingCall<TResult>(JsonReader<TResult> readResult) : PendingCall, IValueTaskSource<CallOutcome<TResult>>
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Json.MaxDepth };

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private ManualResetValueTaskSourceCore<CallOutcome<TResult>> _core = new() { RunContinuationsAsynchronously = true };

    private JsonReader<TResult> _readResult = readResult;
    private CallOutcome<TResult> _outcome;
    private Exception? _refusal;

    /// <summary>The call's end. To be awaited once.</summary>
    internal ValueTask<CallOutcome<TResult>> Outcome => new(this, _core.Version);

    /// <summary>Makes another call of one that has ended and that nobody knows any more.</summary>
    /// <param name="reader">Reads the result.</param>
    /// <returns>This.</returns>
    internal PendingCall<TResult> Anew(JsonReader<TResult> reader)
    {
        _readResult = reader;
        return this;
    }

    /// <inheritdoc />
    internal override void Forget()
    {
        Id = 0;
        Limit = null;
        Memory = null;
        _outcome = default;
        _refusal = null;
        _core.Reset();
        _core.RunContinuationsAsynchronously = true;
    }

    /// <inheritdoc />
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It belongs to the caller, not to the reader.")]
    internal override void Read(in Answer answer)
    {
        try
        {
            _outcome = OutcomeOf(in answer);
        }
        catch (Exception exception) when (exception is not ProtocolException)
        {
            _refusal = exception;
        }
    }

    /// <inheritdoc />
    internal override void End(bool onThisThread)
    {
        _core.RunContinuationsAsynchronously = !onThisThread;
        if (_refusal is null)
        {
            _core.SetResult(_outcome);
        }
        else
        {
            _core.SetException(_refusal);
        }
    }

    /// <inheritdoc />
    internal override void Fail(Exception fault) => _core.SetException(fault);

    CallOutcome<TResult> IValueTaskSource<CallOutcome<TResult>>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<CallOutcome<TResult>>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<CallOutcome<TResult>>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>A frame that was cut off must not pass for a result of the wrong type.</summary>
    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, AnyDepth);
        try
        {
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private byte[][] ReadMemory(AttachmentsInMemory announced) => Memory is null
        ? throw new ProtocolException("The worker sent attachments in memory, and has been lent none.")
        : Memory.Read(announced);

    private CallOutcome<TResult> OutcomeOf(in Answer answer)
    {
        if (!answer.Error.IsEmpty)
        {
            return answer.Attachments is null && answer.InMemory is null
                ? new CallOutcome<TResult>(default!, Error: WireError.Parse(answer.Error))
                : throw new ProtocolException("The worker sent attachments with an error.");
        }

        try
        {
            var attachments = answer.InMemory is null ? answer.Attachments : ReadMemory(answer.InMemory);
            var reader = new Utf8JsonReader(answer.Result, Options);
            reader.Read();
            var result = attachments is null
                ? _readResult(ref reader)
                : new IncomingAttachments(attachments).Read(_readResult, ref reader);
            return reader.Read()
                ? throw new ProtocolException("The worker sent something after the result.")
                : new CallOutcome<TResult>(result);
        }
        catch (JsonMismatchException mismatch) when (IsJson(answer.Result))
        {
            return new CallOutcome<TResult>(
                default!, Mismatch: mismatch, MismatchPath: JsonPointer.At(answer.Result, mismatch.Offset ?? answer.Result.Length));
        }
        catch (JsonException unreadable) when (IsJson(answer.Result))
        {
            return new CallOutcome<TResult>(
                default!, Mismatch: new JsonMismatchException($"values that nest at most {Json.MaxDepth} levels deep", unreadable.Message));
        }
        catch (Exception exception) when (exception is JsonException or JsonMismatchException)
        {
            throw new ProtocolException("The worker sent a result that is not JSON", exception, Json.Shown(answer.Result));
        }
    }
}
