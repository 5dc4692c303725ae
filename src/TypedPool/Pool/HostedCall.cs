using System.Diagnostics.CodeAnalysis;
using TypedPool.Serialization;
using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// Answers what a command asks of its host while its call runs. Functions run on threads of the thread pool, in the context of
/// the call's own caller, and hold up no reader. When the call has ended nobody waits for them: their token is cancelled.
/// </summary>
/// <param name="functions">The functions there are.</param>
/// <param name="worker">The worker that runs the call.</param>
/// <param name="call">What they are told of it.</param>
/// <param name="chain">Notes that what a function calls comes from this call.</param>
/// <param name="inner">Hears whatever else the worker says of the call; null where nobody does.</param>
/// <param name="options">The pool's options.</param>
/// <param name="cancellationToken">The caller's.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "End disposes of it.")]
internal sealed class HostedCall(
    HostTable functions,
    Worker worker,
    HostCall call,
    HostChain chain,
    IMessageListener? inner,
    PythonPoolOptions options,
    CancellationToken cancellationToken) : IMessageListener
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly Lock _gate = new();

    /// <summary>Made with the first function that is called: most calls of a pool call none. Guarded by the gate.</summary>
    private CancellationTokenSource? _ending;

    private ITimer? _timer;
    private bool _hasEnded;

    private static ReadOnlySpan<byte> Prefix => "$/host/"u8;

    /// <inheritdoc />
    public bool Receive(in IncomingMessage message)
    {
        if (!message.Method.StartsWith(Prefix))
        {
            return inner?.Receive(in message) == true;
        }

        if (message.Id.IsEmpty || !functions.TryFind(message.Method[Prefix.Length..], out var function))
        {
            return false;
        }

        var request = new Request(this, function, message.Id.ToArray(), message.Params.ToArray());
        ThreadPool.UnsafeQueueUserWorkItem(static request => request.Run(), request, preferLocal: false);
        return true;
    }

    /// <inheritdoc />
    public void OnSent(SentCall call) => inner?.OnSent(call);

    /// <summary>The call has ended.</summary>
    internal void End()
    {
        CancellationTokenSource? ending;
        lock (_gate)
        {
            _hasEnded = true;
            ending = _ending;
            _timer?.Dispose();
        }

        if (ending is not null)
        {
            _ = CancelAsync(ending);
        }
    }

    /// <summary>What is registered with the token is the user's: it holds up nobody, and may throw.</summary>
    private static async Task CancelAsync(CancellationTokenSource ending)
    {
        await ending.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private CancellationToken Token()
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return new CancellationToken(canceled: true);
            }

            if (_ending is null)
            {
                _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                if (call.Deadline - options.TimeProvider.GetUtcNow() is { } left)
                {
                    _timer = options.TimeProvider.CreateTimer(
                        static it => _ = ((CancellationTokenSource)it!).CancelAsync(), _ending, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                }
            }

            return _ending.Token;
        }
    }

    private async Task AnswerAsync(HostFunction function, byte[] id, byte[] arguments)
    {
        chain.Enter();
        var token = Token();
        worker.Connection.Post(await AnswerAsync(function, id, arguments, token).ConfigureAwait(false));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is Python's that called.")]
    private async Task<ReadOnlyMemory<byte>> AnswerAsync(HostFunction function, byte[] id, byte[] arguments, CancellationToken token)
    {
        try
        {
            var write = await function.InvokeAsync(arguments, call, token).ConfigureAwait(false);
            var answer = OutgoingMessage.Result(id, write);
            return answer.Length <= options.MaxMessageBytes ? answer : OutgoingMessage.Error(
                id, WireError.InternalError, $"the result of {function.Name} has {answer.Length} bytes, and MaxMessageBytes is {options.MaxMessageBytes}");
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return OutgoingMessage.Error(id, WireError.Cancelled, "the call was cancelled");
        }
        catch (JsonMismatchException mismatch)
        {
            return OutgoingMessage.Error(
                id, WireError.InvalidParams, $"{function.Name}: expected {mismatch.Expected}, found {mismatch.Found}. Export the schema again and rebuild.");
        }
        catch (Exception exception)
        {
            return OutgoingMessage.Error(id, WireError.UndeclaredException, exception.Message, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, exception.GetType().FullName);
                writer.WriteEndObject();
            });
        }
    }

    /// <summary>A function that is asked for.</summary>
    private sealed class Request(HostedCall owner, HostFunction function, byte[] id, byte[] arguments)
    {
        internal void Run()
        {
            if (owner._context is { } context)
            {
                ExecutionContext.Run(context, static it => ((Request)it!).Begin(), this);
            }
            else
            {
                Begin();
            }
        }

        private void Begin() => _ = owner.AnswerAsync(function, id, arguments);
    }
}
