using TypedPool.Serialization;
using TypedPool.Testing;
using TypedPool.Tests.Runtime;
using TypedPool.Tests.Typed.Bytes;
using Xunit;

namespace TypedPool.Tests.Typed.AsyncBytes;

/// <summary>Bytes and numbers of calls that one worker runs at the same time.</summary>
public sealed class AsyncBytesTests : IAsyncLifetime
{
    private const int AtOnce = 8;

    private PythonPool _pool = null!;
    private AsyncByteCommands _commands = null!;

    public async ValueTask InitializeAsync() => await StartAsync();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Large_and_small_calls_among_each_other_get_their_own_results()
    {
        var calls = Enumerable.Range(0, 60).Select(i => (i % 5) switch
        {
            0 => EchoBytesAsync(i * 20_011),
            1 => EchoNumbersAsync(i * 311),
            2 => EchoPlainlyAsync(i * 7_019),
            3 => EchoBytesAsync(i),
            _ => AddAsync(i),
        });

        await Task.WhenAll(calls);

        Assert.Single(_pool.GetStatus().Workers);
    }

    [Fact]
    public async Task Calls_that_wait_for_each_other_hold_what_each_has_brought()
    {
        // With fewer at once they would wait for ever.
        var meeting = Enumerable.Range(1, AtOnce).Select(async i =>
        {
            var bytes = BytesTests.Some(i * 150_001);
            Assert.Equal(new ValueBytes(bytes), await _commands.MeetAsync(bytes, AtOnce));
        });

        await Task.WhenAll(meeting);
    }

    [Fact]
    public async Task Requests_and_answers_that_no_pipe_holds_pass_each_other()
    {
        await StartThroughPipeAsync();

        // Both sides write at once: whoever read only when all is written would wait for ever.
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => EchoBytesAsync(10_000_000)));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_is_sent_ends_alone()
    {
        await StartThroughPipeAsync();
        using var folder = new TemporaryFolder();
        var (begun, go) = (Path.Combine(folder.Path, "begun"), Path.Combine(folder.Path, "go"));
        using var cancellation = new CancellationTokenSource();
        var worker = await _commands.PauseReadingAsync(begun, go);
        var call = _commands.WaitAsync(new byte[10_000_000], cancellationToken: cancellation.Token);
        await Files.UntilExistsAsync(begun);
        var neighbour = EchoBytesAsync(1_000_000);

        await cancellation.CancelAsync();
        Assert.False(call.IsCompleted);
        await File.WriteAllTextAsync(go, "");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await neighbour;
        Assert.Equal(worker, await _commands.PidAsync());
    }

    [Fact]
    public async Task A_call_whose_arguments_do_not_fit_takes_nothing_of_its_neighbours()
    {
        var wrong = new PythonCommand<byte[], long>(
            "add",
            (writer, bytes) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("left"u8, 1);
                writer.WritePropertyName("right"u8);
                JsonWrite.Bytes(writer, bytes.AsMemory());
                writer.WriteEndObject();
            },
            JsonRead.Int64) { Attaches = true };
        var neighbours = Enumerable.Range(1, 10).Select(i => EchoBytesAsync(i * 30_011)).ToArray();

        var refused = await Assert.ThrowsAsync<InvalidArgumentsException>(() => _pool.InvokeAsync(wrong, BytesTests.Some(500_000)));

        Assert.Equal("/right", refused.Path);
        await Task.WhenAll(neighbours);
        Assert.Equal("typed_async_bytes/1", Assert.Single(_pool.GetStatus().Workers).Id);
    }

    private async Task StartThroughPipeAsync()
    {
        await _pool.DisposeAsync();
        await StartAsync(options => options.Environment["TYPED_PIPE_ONLY"] = "1");
    }

    private async Task StartAsync(Action<PythonPoolOptions>? set = null)
    {
        var options = new PythonPoolOptions
        {
            Module = "typed_async_bytes",
            SearchPaths = { "python" },
            Size = 1,
            Overflow = 0,
            Launch = Pools.Launch,
            CallsPerWorker = AtOnce,
            CancelGrace = TimeSpan.FromHours(1),
        };
        set?.Invoke(options);
        _pool = await AsyncByteCommands.StartAsync(options);
        _commands = new AsyncByteCommands(_pool);
    }

    private async Task EchoBytesAsync(int count)
    {
        var bytes = BytesTests.Some(count);
        Assert.Equal(new ValueBytes(bytes), await _commands.EchoBytesAsync(bytes));
    }

    private async Task EchoPlainlyAsync(int count)
    {
        var bytes = BytesTests.Some(count);
        Assert.Equal(new ValueBytes(bytes), await _commands.EchoPlainlyAsync(bytes));
    }

    private async Task EchoNumbersAsync(int count)
    {
        var numbers = Enumerable.Range(0, count).Select(i => i / 7.0).ToArray();
        Assert.Equal(numbers, await _commands.EchoNumbersAsync(numbers));
    }

    private async Task AddAsync(int number) => Assert.Equal(2L * number, await _commands.AddAsync(number, number));
}
