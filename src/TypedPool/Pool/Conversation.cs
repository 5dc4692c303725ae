using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// What is said of a call between its request and its answer: how far it has come, the items of its result, and those of
/// streams among its arguments.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A stream that runs on may still ask its token, which holds nothing that must be released.")]
internal sealed class Conversation : IMessageListener
{
    private readonly ProgressReporter? _reporter;
    private readonly ItemQueue? _items;
    private readonly int _maxMessageBytes;
    private readonly CallTime _time = new();
    private readonly CancellationTokenSource _ended = new();
    private List<SentStream> _streams = [];
    private SentCall? _call;
    private CallLimits _limits;

    private Conversation(IProgress<CommandProgress>? progress, ItemQueue? items, bool hasStreams, int maxMessageBytes)
    {
        _reporter = progress is null ? null : new ProgressReporter(progress);
        _items = items;
        _maxMessageBytes = maxMessageBytes;
        Outgoing = hasStreams ? new OutgoingStreams() : null;
        items?.Tell(_time);
    }

    /// <summary>How many items of its result the worker may send before it is asked for more; zero where the result is no stream.</summary>
    internal int Credit => _items is null ? 0 : ItemQueue.Window;

    /// <summary>Whether its result, or an argument, is a stream: it may go on as long as its caller likes.</summary>
    internal bool Streams => _items is not null || Outgoing is not null;

    /// <summary>The streams among its arguments; null where there can be none.</summary>
    internal OutgoingStreams? Outgoing { get; }

    /// <summary>Whether the caller wants to know no more of it.</summary>
    internal bool HasLeft => _items?.HasLeft == true;

    /// <summary>The conversation of a call.</summary>
    /// <param name="options">What the call says of itself, or null.</param>
    /// <param name="items">Takes the items of its result, or null.</param>
    /// <param name="hasStreams">Whether streams may be among its arguments.</param>
    /// <param name="maxMessageBytes">The largest message.</param>
    /// <returns>The conversation; null where there is nothing to say.</returns>
    internal static Conversation? Of(CallOptions? options, ItemQueue? items, bool hasStreams, int maxMessageBytes) =>
        options?.Progress is null && items is null && !hasStreams ? null : new Conversation(options?.Progress, items, hasStreams, maxMessageBytes);

    /// <inheritdoc />
    public bool Receive(in IncomingMessage message)
    {
        if (message.Method.SequenceEqual("$/stream/credit"u8))
        {
            Ask(message.Params);
            return true;
        }

        return _items?.Receive(in message) == true || _reporter?.Receive(in message) == true;
    }

    /// <inheritdoc />
    public void OnSent(SentCall call)
    {
        _call = call;
        if (Outgoing is not null && _streams.Count == 0)
        {
            _streams = [.. Outgoing.Items.Select((stream, number) => new SentStream(stream, number, _time, _maxMessageBytes, _ended.Token))];
        }

        _items?.OnSent(call);
        _time.Begin(call);
    }

    /// <summary>Says how long the call may take, before it is sent.</summary>
    /// <param name="limits">The limits.</param>
    internal void LimitTo(CallLimits limits)
    {
        _limits = limits;
        _time.LimitTo(limits);
    }

    /// <summary>
    /// The call has ended, and with it all that is said of it. Streams of the caller's that ignore their token are waited for
    /// as long as a command is that ignores its cancellation.
    /// </summary>
    /// <param name="runsOn">Is told the parameter of each stream that runs on.</param>
    /// <returns>Completes when nothing else of the caller's code runs any more; fails where his progress did.</returns>
    internal async Task EndAsync(Action<string> runsOn)
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        if (_streams.Count > 0)
        {
            var ended = Task.WhenAll(_streams.Select(stream => stream.Sending));
            await _limits.WaitToStopAsync(ended).ConfigureAwait(false);
            foreach (var stream in _streams.Where(stream => !stream.Sending.IsCompleted))
            {
                runsOn(stream.Name);
            }
        }

        if (_reporter is not null)
        {
            await _reporter.Reported.ConfigureAwait(false);
        }
    }

    /// <summary>Why a call has failed: where it has because a stream of the caller's did, the reason is what that has thrown.</summary>
    /// <param name="failure">What the call ended with.</param>
    /// <returns>What its caller is to get.</returns>
    internal Exception CauseOf(Exception failure) =>
        failure is PythonException { Error.Type: "typedpool.StreamFailed" } && _streams.FirstOrDefault(stream => stream.Failure is not null) is { } failed
            ? failed.Failure!
            : failure;

    private void Ask(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var asked = JsonElement.ParseValue(ref reader);
            var (number, count) = (asked.GetProperty("stream").GetInt32(), asked.GetProperty("items").GetInt32());
            if (count > 0 && (uint)number < (uint)_streams.Count)
            {
                _streams[number].Ask(_call!, count);
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // It asks for nothing that can be understood, and gets nothing.
        }
    }
}
