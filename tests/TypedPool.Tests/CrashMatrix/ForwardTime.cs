namespace TypedPool.Tests.CrashMatrix;

/// <summary>The real clock, which a test can put forward: what hangs runs out of an hour at once.</summary>
/// <param name="held">
/// How long the timers are for which the clock stands still unless it is put forward: time that is allowed to a machine,
/// however busy it is.
/// </param>
internal sealed class ForwardTime(params IReadOnlyCollection<TimeSpan> held) : TimeProvider
{
    private readonly IReadOnlyCollection<TimeSpan> _held = held;
    private readonly Lock _gate = new();

    /// <summary>Timers that are not disposed. Guarded by the gate.</summary>
    private readonly HashSet<ForwardTimer> _timers = [];

    /// <summary>Guarded by the gate.</summary>
    private readonly List<(Func<ForwardTimer, bool> IsIt, TaskCompletionSource Set)> _waits = [];

    private long _forward;

    public override long GetTimestamp() => System.GetTimestamp() + Volatile.Read(ref _forward);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ForwardTimer(this, callback, state);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when a timer is set that has at least as long to go.</summary>
    internal Task UntilSetAsync(TimeSpan due) => UntilSetAsync(timer => timer.Left >= due);

    /// <summary>Completes when a timer is set that stands still.</summary>
    internal Task UntilHeldAsync(TimeSpan due) => UntilSetAsync(timer => timer.Held == due);

    private Task UntilSetAsync(Func<ForwardTimer, bool> isIt)
    {
        lock (_gate)
        {
            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((isIt, set));
            CompleteWaits();
            return set.Task;
        }
    }

    /// <summary>Puts the clock forward; timers whose time has come go off.</summary>
    internal void PutForward(TimeSpan by)
    {
        lock (_gate)
        {
            Interlocked.Add(ref _forward, (long)(by.TotalSeconds * TimestampFrequency));
            foreach (var timer in _timers)
            {
                timer.SetAgain();
            }
        }
    }

    /// <summary>Under the gate.</summary>
    private void CompleteWaits()
    {
        foreach (var (isIt, set) in _waits)
        {
            if (_timers.Any(isIt))
            {
                set.TrySetResult();
            }
        }
    }

    /// <summary>A timer of the real clock that is set again when the clock is put forward.</summary>
    private sealed class ForwardTimer : ITimer
    {
        private readonly ForwardTime _time;
        private readonly ITimer _timer;

        /// <summary>When it goes off, as a timestamp; null while it is not set. Guarded by the clock's gate.</summary>
        private long? _due;

        /// <summary>Guarded by the clock's gate.</summary>
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        internal ForwardTimer(ForwardTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _timer = System.CreateTimer(_ => GoOff(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        /// <summary>For how long it is set, where the clock stands still for it. Under the gate.</summary>
        internal TimeSpan? Held { get; private set; }

        /// <summary>Under the gate.</summary>
        internal TimeSpan? Left => _due is { } due ? _time.GetElapsedTime(_time.GetTimestamp(), due) : null;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_time._gate)
            {
                _period = period;
                _due = dueTime == Timeout.InfiniteTimeSpan
                    ? null
                    : _time.GetTimestamp() + (long)(dueTime.TotalSeconds * _time.TimestampFrequency);
                Held = _time._held.Contains(dueTime) ? dueTime : null;
                _time.CompleteWaits();
                return _timer.Change(Held is null ? dueTime : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            Forget();
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Forget();
            return _timer.DisposeAsync();
        }

        /// <summary>Under the gate.</summary>
        internal void SetAgain()
        {
            if (Left is { } left && (Held is null || left <= TimeSpan.Zero))
            {
                _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        private void Forget()
        {
            lock (_time._gate)
            {
                _due = null;
                _time._timers.Remove(this);
            }
        }

        private void GoOff(TimerCallback callback, object? state)
        {
            TimeSpan period;
            lock (_time._gate)
            {
                _due = null;
                period = _period;
            }

            callback(state);
            if (period != Timeout.InfiniteTimeSpan)
            {
                Change(period, period);
            }
        }
    }
}
