using System.Runtime.CompilerServices;
using TypedPool.Serialization;
using Xunit;

namespace TypedPool.Tests.Streams;

/// <summary>Streams among the arguments, with real workers.</summary>
public sealed class ParameterStreamTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>How many items were taken from the source of a test.</summary>
    private int _taken;

    /// <summary>Completes when the source of a test has been disposed.</summary>
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    public async Task Python_reads_all_items(int count)
    {
        await using var pool = await StreamPool.StartAsync();

        Assert.Equal(Enumerable.Range(0, count).Sum(), await pool.SendAsync("total", SourceAsync(count)));
        Assert.True(_disposed.Task.IsCompleted);
        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task What_Python_does_not_read_is_not_enumerated()
    {
        await using var pool = await StreamPool.StartAsync();

        Assert.Equal(-1, await pool.SendAsync("unread", SourceAsync(int.MaxValue)));
        Assert.Equal(0, _taken);
        Assert.False(_disposed.Task.IsCompleted);
    }

    [Fact]
    public async Task An_endless_source_ends_with_the_call()
    {
        await using var pool = await StreamPool.StartAsync();

        Assert.Equal(0, await pool.SendAsync("first", SourceAsync(int.MaxValue)));
        Assert.True(_disposed.Task.IsCompleted);
        Assert.InRange(_taken, 1, 1_024);
    }

    [Fact]
    public async Task A_source_stays_a_limited_number_of_items_ahead()
    {
        await using var pool = await StreamPool.StartAsync();
        var call = pool.SendAsync("read_slowly", SourceAsync(10_000), new { folder = pool.PathOf(".") });

        await pool.UntilExistsAsync("begun");

        // One was read, and that is not asked for again so soon.
        Assert.InRange(_taken, 1, 1_024);
        pool.Make("go");
        Assert.Equal(Enumerable.Range(0, 10_000).Sum(), await call);
    }

    [Fact]
    public async Task What_a_source_throws_is_what_the_call_throws()
    {
        await using var pool = await StreamPool.StartAsync();
        var pid = await pool.PidAsync();

        var failure = await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => pool.SendAsync("total", SourceAsync(700, failsAt: 600)));

        Assert.Contains(nameof(SourceAsync), failure.StackTrace, StringComparison.Ordinal);
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Fact]
    public async Task Python_may_handle_what_a_source_throws()
    {
        await using var pool = await StreamPool.StartAsync();

        var told = await pool.SendAsync("caught", SourceAsync(700, failsAt: 600), JsonRead.String);

        Assert.Equal("600: System.TimeZoneNotFoundException: at 600", told);
    }

    [Fact]
    public async Task A_source_that_is_disposed_late_is_waited_for()
    {
        await using var pool = await StreamPool.StartAsync(options => options.CancelGrace = TimeSpan.FromHours(1));
        var mayEnd = new TaskCompletionSource();
        var call = pool.SendAsync("first", SourceAsync(int.MaxValue, mayEnd: mayEnd.Task));

        // The worker is free, and the call has not ended: nothing of it may run on afterwards.
        await pool.PidAsync();
        Assert.False(call.IsCompleted);
        mayEnd.SetResult();

        Assert.Equal(0, await call);
        Assert.True(_disposed.Task.IsCompleted);
    }

    [Fact]
    public async Task A_cancelled_call_ends_and_so_does_its_source()
    {
        await using var pool = await StreamPool.StartAsync();
        var pid = await pool.PidAsync();
        var call = pool.SendAsync("total", ThenWaitAsync(5), cancellationToken: _cancellation.Token);
        await WaitForAsync(5);

        await _cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(_disposed.Task.IsCompleted);
        Assert.Equal(pid, await pool.PidAsync());
    }

    [Fact]
    public async Task A_worker_that_dies_ends_the_source_and_is_not_run_again()
    {
        await using var pool = await StreamPool.StartAsync();

        var failure = await Assert.ThrowsAsync<WorkerCrashedException>(
            () => pool.SendAsync("die_after", SourceAsync(int.MaxValue), new { count = 3_000 }, isIdempotent: true));

        Assert.Equal(Delivery.MayHaveRun, failure.Delivery);
        Assert.True(_disposed.Task.IsCompleted);
        Assert.InRange(_taken, 3_000, 5_000);
        await pool.PidAsync();
        Assert.Equal(1, pool.Losses);
    }

    [Fact]
    public async Task One_in_and_one_out_run_at_once()
    {
        await using var pool = await StreamPool.StartAsync();
        var descriptor = NumbersCommand.Of("doubled", JsonRead.Int32);

        var items = await pool.Pool.StreamAsync(descriptor, (SourceAsync(5_000), new { })).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 5_000).Select(each => 2 * each), items);
    }

    [Fact]
    public async Task Who_leaves_a_stream_out_ends_the_stream_in()
    {
        await using var pool = await StreamPool.StartAsync();
        var descriptor = NumbersCommand.Of("doubled", JsonRead.Int32);

        await foreach (var item in pool.Pool.StreamAsync(descriptor, (SourceAsync(int.MaxValue), new { })))
        {
            if (item == 20)
            {
                break;
            }
        }

        Assert.True(_disposed.Task.IsCompleted);
        Assert.Equal(1, pool.Free());
    }

    [Fact]
    public async Task An_item_that_cannot_travel_is_told_by_its_path()
    {
        await using var pool = await StreamPool.StartAsync();
        var descriptor = new PythonCommand<IAsyncEnumerable<string>, int>(
            "total",
            static (writer, value) =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("numbers");
                JsonWrite.Stream(writer, value, "numbers", JsonWrite.String);
                writer.WriteEndObject();
            },
            JsonRead.Int32) { Streams = true };

        // A lone surrogate, which C# refuses; and a string, which Python does.
        var unwritable = await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.Pool.InvokeAsync(descriptor, new[] { "\ud800" }.ToAsyncEnumerable()));
        var refused = await Assert.ThrowsAsync<InvalidArgumentsException>(() => pool.Pool.InvokeAsync(descriptor, new[] { "a" }.ToAsyncEnumerable()));

        Assert.Equal(("/numbers/0", "/numbers/0"), (unwritable.Path, refused.Path));
        Assert.Equal(1, pool.Free());
    }

    private async IAsyncEnumerable<int> SourceAsync(
        int count, int failsAt = -1, Task? mayEnd = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            for (var number = 0; number < count; number++)
            {
                if (number == failsAt)
                {
                    throw new TimeZoneNotFoundException($"at {number}");
                }

                cancellationToken.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _taken);
                yield return number;
            }
        }
        finally
        {
            await (mayEnd ?? Task.CompletedTask);
            _disposed.SetResult();
        }
    }

    private async IAsyncEnumerable<int> ThenWaitAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var number in SourceAsync(count, cancellationToken: cancellationToken))
        {
            yield return number;
        }

        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    private async Task WaitForAsync(int taken)
    {
        while (Volatile.Read(ref _taken) < taken)
        {
            await Task.Yield();
        }
    }
}
