using TypedPool.Telemetry;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>
/// Logs what a worker says: what comes as <c>$/log</c>, and the lines of its standard error. Whoever brings it does not
/// wait for the user's logger: it is called on another thread, one line at a time, and what comes faster than it takes
/// is counted. The last lines are kept for the exception that may follow.
/// </summary>
/// <param name="workerId">The worker's id.</param>
/// <param name="loggers">Where it is logged.</param>
/// <param name="dropped">Told how much is not logged; null where nobody counts.</param>
internal sealed class WorkerLog(string workerId, OutputLoggers loggers, Action<long>? dropped = null) : IMessageListener
{
    private const int KeptLines = 40;
    private const int MostWaiting = 10_000;
    private const int MostCharacters = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<string> _tail = new();
    private readonly Queue<WorkerOutput> _waiting = new();
    private int _characters;
    private long _dropped;

    /// <summary>Completes when all that came has been logged. Guarded by the gate; null while nothing waits.</summary>
    private TaskCompletionSource? _logging;

    /// <summary>Completes when all that has come until now is logged.</summary>
    internal Task Logged
    {
        get
        {
            lock (_gate)
            {
                return _logging?.Task ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>The last lines.</summary>
    internal string Tail
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _tail);
            }
        }
    }

    /// <inheritdoc />
    public bool Receive(in IncomingMessage message)
    {
        if (!message.Method.SequenceEqual("$/log"u8))
        {
            return false;
        }

        Add(WorkerOutputReader.TryRead(message.Params, out var lost), lost);
        return true;
    }

    /// <summary>Takes what the worker said.</summary>
    /// <param name="output">What it said, or null.</param>
    /// <param name="lost">How much it could not send before that.</param>
    internal void Add(WorkerOutput? output, long lost = 0)
    {
        lock (_gate)
        {
            _dropped += lost;
            if (output is not null)
            {
                Keep(output.Whole);
                if (_waiting.Count < MostWaiting && _characters < MostCharacters)
                {
                    _waiting.Enqueue(output);
                    _characters += output.Whole.Length;
                }
                else
                {
                    _dropped++;
                }
            }

            if (_logging is null && (_waiting.Count > 0 || _dropped > 0))
            {
                _logging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

                // What flows with whoever reads the channel is not the worker's.
                ThreadPool.UnsafeQueueUserWorkItem(static it => it.LogAll(), this, preferLocal: false);
            }
        }
    }

    /// <summary>Gives up what has not been logged: the user's logger does not return.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _dropped += _waiting.Count;
            _waiting.Clear();
            _characters = 0;
        }
    }

    private void LogAll()
    {
        while (TakeNext(out var output, out var lost))
        {
            if (lost > 0)
            {
                dropped?.Invoke(lost);
                loggers.Dropped(workerId, lost);
            }

            if (output is not null)
            {
                loggers.Log(workerId, output);
            }
        }
    }

    private bool TakeNext(out WorkerOutput? output, out long lost)
    {
        lock (_gate)
        {
            (lost, _dropped) = (_dropped, 0);
            if (_waiting.TryDequeue(out output))
            {
                _characters -= output.Whole.Length;
            }
            else if (lost == 0)
            {
                _logging!.SetResult();
                _logging = null;
                return false;
            }

            return true;
        }
    }

    private void Keep(string text)
    {
        foreach (var line in text.EnumerateLines())
        {
            if (_tail.Count == KeptLines)
            {
                _tail.Dequeue();
            }

            _tail.Enqueue(line.ToString());
        }
    }
}
