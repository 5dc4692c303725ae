using TypedPool.Pool;

namespace TypedPool.Tests.Pool;

/// <summary>A worker that does what a test says: no process, no Python.</summary>
/// <param name="number">Which one it is, from 1.</param>
/// <param name="telling">How those who wait for its end learn of it: by default one after the other, before it has ended for the test.</param>
internal sealed class ScriptedWorker(int number, TaskCreationOptions telling = TaskCreationOptions.None) : IPooledWorker
{
    private readonly TaskCompletionSource _ended = new(telling);
    private TaskCompletionSource<bool> _answer = new();
    private bool _isSilent;
    private int _callers;

    public int Number { get; } = number;

    public string Id => $"worker {Number}";

    public bool IsUsable { get; private set; } = true;

    public bool CanPrefetch { get; init; } = true;

    public Task Ended => _ended.Task;

    public long ResidentBytes
    {
        get => Looked is null ? field : Looked();
        set;
    }

    /// <summary>Takes the place of its memory: what looking at that does.</summary>
    public Func<long>? Looked { get; init; }

    /// <summary>How often it was asked to leave.</summary>
    public int Stops { get; private set; }

    /// <summary>How often it was pinged.</summary>
    public int Pings { get; private set; }

    /// <summary>Whether it stays when it is asked to leave, until it dies.</summary>
    public bool Lingers { get; set; }

    public Task<bool> PingAsync()
    {
        Pings++;
        return _isSilent ? _answer.Task : Task.FromResult(true);
    }

    /// <summary>It answers no ping any more.</summary>
    public void FallSilent() => _isSilent = true;

    /// <summary>It answers the ping that it has not answered, and all that follow.</summary>
    public void Speak()
    {
        _isSilent = false;
        var answer = _answer;
        _answer = new();
        answer.SetResult(true);
    }

    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        Stops++;
        if (Lingers)
        {
            IsUsable = false;
            return Ended;
        }

        Die();
        return Task.CompletedTask;
    }

    /// <summary>A caller has it.</summary>
    /// <returns>How many callers have it: one, if the pool is right.</returns>
    public int Enter() => Interlocked.Increment(ref _callers);

    /// <summary>A caller no longer has it.</summary>
    public void Leave() => Interlocked.Decrement(ref _callers);

    /// <summary>Its process has gone.</summary>
    public void Die()
    {
        IsUsable = false;
        _answer.TrySetResult(false);
        _ended.TrySetResult();
    }

    public override string ToString() => Id;
}
