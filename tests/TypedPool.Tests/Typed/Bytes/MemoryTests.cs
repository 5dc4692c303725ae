using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Values that real workers get, keep and return in shared memory.</summary>
public sealed class MemoryTests
{
    private const int Large = 300_000;

    public MemoryTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory is for Linux.");

    // Around the size from which on memory is used, and that of a page.
    [Theory]
    [InlineData((64 * 1024) - 1)]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) + 1)]
    [InlineData(69_631)]
    [InlineData(69_632)]
    [InlineData(69_633)]
    [InlineData(1_000_003)]
    public async Task Bytes_of_every_type_come_back_exactly_time_after_time(int count)
    {
        await using var pool = await BytePools.StartAsync();
        var commands = new ByteCommands(pool);
        for (var i = 0; i < 4; i++)
        {
            var bytes = BytesTests.Some(count + (i % 2));

            Assert.True((await commands.EchoBytesAsync(bytes)).Span.SequenceEqual(bytes));
            Assert.True((await commands.EchoBytearrayAsync(bytes)).Span[1..].SequenceEqual(bytes.AsSpan(1)));
            Assert.True((await commands.EchoMemoryviewAsync(bytes)).Span.SequenceEqual(EverySecond(bytes)));
        }
    }

    [Fact]
    public async Task Memory_is_used_from_the_size_on_from_which_it_is_faster()
    {
        await using var pool = await BytePools.StartAsync();
        var commands = new ByteCommands(pool);
        await commands.CountBytesAsync(new byte[(64 * 1024) - 1]);
        Assert.Equal(0, await commands.SharedMappingsAsync());

        await commands.CountBytesAsync(new byte[64 * 1024]);
        Assert.Equal(1, await commands.SharedMappingsAsync());

        // The first large answer shows that there are some.
        await commands.MakeBytesAsync(Large);
        await commands.EchoBytesAsync(new byte[Large]);
        Assert.Equal(2, await commands.SharedMappingsAsync());
    }

    [Fact]
    public async Task What_a_command_keeps_is_never_changed_by_a_later_call()
    {
        await using var pool = await BytePools.StartAsync();
        var commands = new ByteCommands(pool);
        var sent = new List<byte[]>();
        for (var i = 0; i < 12; i++)
        {
            sent.Add(BytesTests.Some(Large + (i * 1000)));
            Assert.Equal(sent.Count, await commands.KeepViewAsync(sent[^1]));
            await commands.EchoMemoryviewAsync(BytesTests.Some(2 * Large));
            await commands.EchoBytesAsync(BytesTests.Some(Large + i));
        }

        for (var i = 0; i < sent.Count; i++)
        {
            Assert.True((await commands.KeptViewAsync(i)).Span.SequenceEqual(sent[i]));
        }

        await commands.DropViewsAsync();
        Assert.InRange(await commands.SharedMappingsAsync(), 0, 4);
    }

    [Fact]
    public async Task A_result_is_the_callers_whatever_the_worker_does_next()
    {
        await using var pool = await BytePools.StartAsync();
        var commands = new ByteCommands(pool);
        var results = new List<(byte[] Sent, ReadOnlyMemory<byte> Back)>();
        for (var i = 0; i < 6; i++)
        {
            var bytes = BytesTests.Some(Large + i);
            results.Add((bytes, await commands.EchoBytesAsync(bytes)));
        }

        Assert.All(results, result => Assert.True(result.Back.Span.SequenceEqual(result.Sent)));
    }

    [Fact]
    public async Task Calls_at_the_same_time_on_several_workers_get_their_own()
    {
        await using var pool = await BytePools.StartAsync(size: 2);
        var commands = new ByteCommands(pool);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var bytes = BytesTests.Some(50_000 + (i * 9973));
            Assert.True((await commands.EchoBytesAsync(bytes)).Span.SequenceEqual(bytes));
            Assert.True((await commands.EchoMemoryviewAsync(bytes)).Span.SequenceEqual(EverySecond(bytes)));
        }));
    }

    [Fact]
    public async Task Calls_that_wait_in_a_worker_get_their_own()
    {
        await using var pool = await BytePools.StartAsync(set: options => options.Prefetch = 8);
        var commands = new ByteCommands(pool);
        await commands.MakeBytesAsync(Large);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            if (i % 3 == 0)
            {
                var bytes = BytesTests.Some(Large + i);
                Assert.True((await commands.EchoBytesAsync(bytes)).Span.SequenceEqual(bytes));
            }
            else
            {
                Assert.Equal(Large + i, (await commands.MakeBytesAsync(Large + i)).Length);
            }
        }));
    }

    [Fact]
    public async Task A_worker_that_dies_with_memory_leaves_the_next_one_all_of_it()
    {
        await using var pool = await BytePools.StartAsync();
        var commands = new ByteCommands(pool);
        for (var i = 0; i < 3; i++)
        {
            await commands.MakeBytesAsync(Large);

            await Assert.ThrowsAsync<WorkerCrashedException>(() => commands.DieWithAsync(BytesTests.Some(Large)));

            var bytes = BytesTests.Some(Large + i);
            Assert.True((await commands.EchoBytesAsync(bytes)).Span.SequenceEqual(bytes));
        }
    }

    [Fact]
    public async Task Descriptors_of_both_sides_stay_as_many_through_thousands_of_calls()
    {
        await using var pool = await BytePools.StartAsync();
        var commands = new ByteCommands(pool);
        await CallAsync(20);
        var before = (Own(), await commands.DescriptorsAsync(), await commands.SharedMappingsAsync());

        await CallAsync(2000);

        Assert.Equal(before, (Own(), await commands.DescriptorsAsync(), await commands.SharedMappingsAsync()));

        async Task CallAsync(int times)
        {
            var bytes = BytesTests.Some(70_000);
            for (var i = 0; i < times; i++)
            {
                Assert.Equal(bytes.Length / 2, (await commands.EchoMemoryviewAsync(bytes)).Length);
                await commands.KeepViewAsync(bytes);
                await commands.DropViewsAsync();
                Assert.Equal(bytes.Length, (await commands.EchoBytesAsync(bytes)).Length);
            }
        }

        static int Own() => new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(file => file.LinkTarget?.StartsWith("/memfd:typedpool ", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_worker_that_does_not_reach_the_hosts_memory_gets_all_through_the_pipe()
    {
        await using var pool = await BytePools.StartThroughPipeAsync();
        var commands = new ByteCommands(pool);
        for (var i = 0; i < 3; i++)
        {
            var bytes = BytesTests.Some(Large);
            Assert.True((await commands.EchoBytesAsync(bytes)).Span.SequenceEqual(bytes));
        }

        Assert.Equal(0, await commands.SharedMappingsAsync());
    }

    [Fact]
    public async Task Forked_workers_have_memory_as_well()
    {
        await using var pool = await BytePools.StartAsync(size: 2, set: options => options.Launch = PoolLaunch.ForkServer);
        var commands = new ByteCommands(pool);
        for (var i = 0; i < 4; i++)
        {
            var bytes = BytesTests.Some(Large + i);
            Assert.True((await commands.EchoBytesAsync(bytes)).Span.SequenceEqual(bytes));
            Assert.True((await commands.EchoMemoryviewAsync(bytes)).Span.SequenceEqual(EverySecond(bytes)));
        }

        Assert.NotEqual(0, await commands.SharedMappingsAsync() + await commands.SharedMappingsAsync());
    }

    [Fact]
    public async Task A_command_that_is_stopped_gives_its_memory_back_and_one_that_is_killed_gives_it_up()
    {
        await using var pool = await BytePools.StartAsync(set: options => options.CancelGrace = TimeSpan.Zero);
        var commands = new ByteCommands(pool);
        using var folder = new TemporaryFolder();
        var begun = Path.Combine(folder.Path, "begun");
        using var cancellation = new CancellationTokenSource();
        var call = commands.HoldViewAsync(BytesTests.Some(Large), begun, cancellationToken: cancellation.Token);
        await Files.UntilExistsAsync(begun);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var bytes = BytesTests.Some(Large + 1);
        Assert.True((await commands.EchoBytesAsync(bytes)).Span.SequenceEqual(bytes));
    }

    private static byte[] EverySecond(byte[] bytes) => [.. bytes.Where((_, index) => index % 2 == 0)];
}
