using CsCheck;
using TypedPool.Pool;
using Xunit;

namespace TypedPool.Tests.Pool;

/// <summary>Random runs of the pool beside its plain model; CsCheck shrinks a run that differs to its shortest form.</summary>
public sealed class PoolModelTests
{
    private static readonly SupervisorSettings Settings = new()
    {
        Size = 2,
        Overflow = 2,
        OverflowDelay = TimeSpan.FromMilliseconds(40),
        OverflowIdleTime = TimeSpan.FromSeconds(30),
        HealthInterval = TimeSpan.FromSeconds(10),
        HealthTimeout = TimeSpan.FromSeconds(5),
    };

    private static readonly Gen<(int What, int Which)[]> Runs = Gen.Select(Gen.Int[0, 11], Gen.Int[0, 99]).Array[0, 60];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    public void Every_step_of_a_sequential_run_does_what_the_model_does(int callsPerWorker, int prefetch) =>
        Runs.Sample(steps => new Run(callsPerWorker, prefetch).Follow(steps), iter: 2_000, threads: 1, print: Print);

    [Fact]
    public async Task Parallel_runs_lose_no_worker_and_serve_no_caller_twice()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            await new ParallelRun(seed, callsPerWorker: 1).FollowAsync();
            await new ParallelRun(seed, callsPerWorker: 3).FollowAsync();
            await new ParallelRun(seed, callsPerWorker: 1, prefetch: 2).FollowAsync();
        }
    }

    private static string Print((int What, int Which)[] steps) => string.Join(", ", steps.Select(step => $"{(Step)step.What} {step.Which}"));

    private enum Step
    {
        Take,
        TakeAgain,
        Return,
        ReturnAgain,
        Cancel,
        WaitBriefly,
        WaitLong,
        DieFree,
        DieBusy,
        Change,
        FallSilent,
        Speak,
    }

    /// <summary>A pool and its model, step by step.</summary>
    private sealed class Run
    {
        private readonly ScriptedPool _pool;
        private readonly PoolModel _model;
        private readonly List<Task<Slot<ScriptedWorker>>> _takes = [];
        private readonly List<CancellationTokenSource> _tokens = [];

        internal Run(int callsPerWorker, int prefetch)
        {
            var settings = Settings with { CallsPerWorker = callsPerWorker, Prefetch = prefetch };
            _pool = new ScriptedPool(settings);
            _model = new PoolModel(settings);
        }

        internal void Follow((int What, int Which)[] steps)
        {
            Settle();
            foreach (var (what, which) in steps)
            {
                Do((Step)what, which);
                Settle();
            }
        }

        private void Do(Step step, int which)
        {
            switch (step)
            {
                case Step.Take or Step.TakeAgain:
                    _tokens.Add(new CancellationTokenSource());
                    var alone = step == Step.TakeAgain && which % 3 == 0;
                    _model.Take(_takes.Count, alone);
                    _takes.Add(_pool.TakeAsync(alone, _tokens[^1].Token));
                    break;
                case Step.Return or Step.ReturnAgain when _model.Busy.Count > 0:
                    var slot = SlotOf(_model.Busy[which % _model.Busy.Count].Number);
                    _model.Return(which % _model.Busy.Count);
                    _pool.Supervisor.Return(slot);
                    break;
                case Step.Cancel when _model.Waiting.Count > 0:
                    var caller = _model.Waiting[which % _model.Waiting.Count].Caller;
                    _model.Cancel(which % _model.Waiting.Count);
                    _tokens[caller].Cancel();
                    break;
                case Step.WaitBriefly:
                    Advance(TimeSpan.FromMilliseconds(which));
                    break;
                case Step.WaitLong:
                    Advance(TimeSpan.FromSeconds(which / 3.0));
                    break;
                case Step.DieFree when _model.Free.Count > 0:
                    var free = _model.Free[which % _model.Free.Count].Number;
                    _model.DieFree(which % _model.Free.Count);
                    Worker(free).Die();
                    break;
                case Step.DieBusy when _model.Busy.Count > 0:
                    var busy = _model.Busy[which % _model.Busy.Count].Number;
                    var (lost, calls) = (SlotOf(busy), _model.Busy[which % _model.Busy.Count].Calls);
                    _model.DieBusy(which % _model.Busy.Count);
                    Worker(busy).Die();
                    Settle();
                    for (var call = 0; call < calls; call++)
                    {
                        _pool.Supervisor.Return(lost);
                    }

                    break;
                case Step.FallSilent when _model.Free.Count > 0:
                    Worker(_model.Free[which % _model.Free.Count].Number).FallSilent();
                    _model.FallSilent(which % _model.Free.Count);
                    break;
                case Step.Speak when _model.Free.Concat(_model.Busy).ToList() is { Count: > 0 } all:
                    Worker(all[which % all.Count].Number).Speak();
                    _model.Speak(all[which % all.Count]);
                    break;
                case Step.Change when which < 50 && _model.Busy.Count == 0:
                    _model.Recycle();
                    Assert.True(_pool.Supervisor.RecycleAsync(CancellationToken.None).IsCompletedSuccessfully);
                    break;
                case Step.Change when which >= 50 && _model.Busy.Count == 0:
                    _model.Resize(1 + (which % 4));
                    _model.Settle();
                    Assert.True(_pool.Supervisor.ResizeAsync(1 + (which % 4), CancellationToken.None).IsCompletedSuccessfully);
                    break;
            }
        }

        private void Advance(TimeSpan time)
        {
            _model.Advance(time);
            _pool.Time.Advance(time);
        }

        private void Settle()
        {
            _model.Settle();
            _pool.Settle();
            Assert.Equal(
                (_model.Free.Count, _model.Busy.Count, _model.Waiting.Count, _model.Suspects, 0, 0),
                (_pool.Counts.Free, _pool.Counts.Busy, _pool.Counts.Waiting, _pool.Counts.Suspect, _pool.Counts.Starting, _pool.Counts.Leaving));
            foreach (var (caller, number) in _model.Served)
            {
                // A caller learns of its worker on another thread; the answer is decided already.
                Assert.Equal(number, _takes[caller].GetAwaiter().GetResult().Worker!.Number);
            }
        }

        private Slot<ScriptedWorker> SlotOf(int number) =>
            _takes[_model.Served.Last(served => served.Value == number).Key].GetAwaiter().GetResult();

        private ScriptedWorker Worker(int number) => _pool.Started[number - 1];
    }

    /// <summary>Many callers, deaths, recycles and resizes at once, under the real clock; looked at when all is over.</summary>
    private sealed class ParallelRun
    {
        private const int LargestSize = 4;

        private readonly PoolSupervisor<ScriptedWorker> _supervisor;
        private readonly System.Collections.Concurrent.ConcurrentBag<ScriptedWorker> _workers = [];
        private readonly int _seed;
        private readonly int _callsPerWorker;
        private int _lastNumber;

        internal ParallelRun(int seed, int callsPerWorker, int prefetch = 0)
        {
            _seed = seed;
            _callsPerWorker = callsPerWorker + prefetch;
            _supervisor = new PoolSupervisor<ScriptedWorker>(
                Settings with { CallsPerWorker = callsPerWorker, Prefetch = prefetch, OverflowDelay = TimeSpan.FromMicroseconds(50), Backoff = static _ => TimeSpan.FromMicroseconds(100) },
                StartAsync,
                new SupervisorEvents<ScriptedWorker>(),
                TimeProvider.System);
        }

        internal async Task FollowAsync()
        {
            _supervisor.Start();
            var callers = Enumerable.Range(0, 16).Select(caller => Task.Run(() => CallAsync(new Random((_seed * 100) + caller))));
            var changes = Task.Run(async () =>
            {
                for (var size = LargestSize; size >= 1; size--)
                {
                    await TryAsync(_supervisor.ResizeAsync(size, CancellationToken.None));
                    await TryAsync(_supervisor.RecycleAsync(CancellationToken.None));
                }
            });
            await Task.WhenAll([.. callers, changes]);

            var most = _supervisor.Checkout.Count();
            Assert.Equal((0, 0), (most.Busy, most.Waiting));
            await _supervisor.StopAsync(TimeSpan.Zero, CancellationToken.None);
            Assert.Equal(0, _supervisor.Checkout.Count().Slots);
            Assert.All(_workers, worker => Assert.True(worker.Ended.IsCompleted));
        }

        /// <summary>A start that fails keeps the old workers, and is told.</summary>
        private static async Task TryAsync(Task change)
        {
            try
            {
                await change;
            }
            catch (TimeZoneNotFoundException)
            {
            }
        }

        private async Task CallAsync(Random random)
        {
            for (var round = 0; round < 60; round++)
            {
                using var cancellation = new CancellationTokenSource();
                try
                {
                    var taking = _supervisor.Checkout.TakeAsync(Timeout.InfiniteTimeSpan, _ => new TimeoutException(), cancellation.Token, alone: random.Next(5) == 0).AsTask();
                    if (random.Next(4) == 0)
                    {
                        await cancellation.CancelAsync();
                    }

                    var slot = await taking;
                    Assert.InRange(slot.Worker!.Enter(), 1, _callsPerWorker);
                    await Task.Yield();
                    slot.Worker.Leave();
                    if (random.Next(8) == 0)
                    {
                        slot.Worker.Die();
                    }

                    _supervisor.Return(slot);
                }
                catch (OperationCanceledException)
                {
                    // It left before it was served.
                }
                catch (InvalidOperationException)
                {
                    // The pool was broken just then.
                }
            }
        }

        private async Task<ScriptedWorker> StartAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            Assert.InRange(_supervisor.Checkout.Count().Slots, 1, LargestSize + Settings.Overflow + 1);
            var number = Interlocked.Increment(ref _lastNumber);
            if (number % 7 == 0)
            {
                throw new TimeZoneNotFoundException("Every seventh start fails.");
            }

            var worker = new ScriptedWorker(number);
            _workers.Add(worker);
            return worker;
        }
    }
}
