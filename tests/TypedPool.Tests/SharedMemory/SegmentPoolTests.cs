using Microsoft.Extensions.Time.Testing;
using TypedPool.SharedMemory;
using Xunit;

namespace TypedPool.Tests.SharedMemory;

/// <summary>The pool's memory: what is taken, what is used again, and what is let go of.</summary>
public sealed class SegmentPoolTests : IDisposable
{
    private const int Message = 1_000_000;

    private readonly FakeTimeProvider _time = new();
    private readonly SegmentPool _pool;

    public SegmentPoolTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shared memory is for Linux.");
        _pool = new SegmentPool(Message, _time);
    }

    public void Dispose() => _pool?.Dispose();

    [Fact]
    public void What_was_given_back_last_is_taken_first_and_what_is_in_use_is_not_taken()
    {
        var first = _pool.TryTake(Message)!;
        var second = _pool.TryTake(Message)!;
        Assert.NotEqual(first.Name, second.Name);

        _pool.GiveBack(second);
        _pool.GiveBack(first);

        Assert.Same(first, _pool.TryTake(Message));
        Assert.Same(second, _pool.TryTake(Message));
        Assert.Equal(2, _pool.Count);
        _pool.GiveBack(first);
        _pool.GiveBack(second);
    }

    [Fact]
    public void There_are_so_many_and_no_more()
    {
        var taken = Enumerable.Range(0, SegmentPool.MostSegments).Select(_ => _pool.TryTake(0)!).ToList();

        Assert.DoesNotContain(null, taken);
        Assert.Null(_pool.TryTake(0));

        taken.ForEach(segment => _pool.GiveBack(segment));
        Assert.Same(taken[^1], _pool.TryTake(0));
        _pool.GiveBack(taken[^1]);
    }

    [Fact]
    public void They_occupy_so_much_and_no_more()
    {
        const long Most = SegmentPool.MostBytes;
        using var pool = new SegmentPool(PythonPoolDefaults.LargestMaxMessageBytes, _time);
        Assert.Null(pool.TryTake(Most + 1));
        var large = pool.TryTake(Most - 10)!;
        Assert.Null(pool.TryTake(11));
        var small = pool.TryTake(10)!;

        // One that nobody uses makes room; and what is taken again has its room already.
        pool.GiveBack(large);
        Assert.Same(large, pool.TryTake(Most - 10));
        pool.GiveBack(large);
        pool.GiveBack(small);
        Assert.Same(small, pool.TryTake(20));
        Assert.Equal((1, 20), (pool.Count, pool.Bytes));

        // An answer has no size before it is there.
        pool.GiveBack(small, Most + 1);
        Assert.Equal((0, 0), (pool.Count, pool.Bytes));
    }

    [Fact]
    public void What_nobody_uses_is_let_go_of()
    {
        var (first, second) = (_pool.TryTake(1)!, _pool.TryTake(1)!);
        _pool.GiveBack(first);
        _time.Advance(SegmentPool.IdleTime / 2);
        _pool.GiveBack(second);

        _time.Advance(SegmentPool.IdleTime / 2);
        Assert.Equal((1, 1), (_pool.Count, _pool.Bytes));
        Assert.Same(second, _pool.TryTake(1));

        _time.Advance(SegmentPool.IdleTime * 2);
        Assert.Equal(1, _pool.Count);
        _pool.GiveBack(second);
        _time.Advance(SegmentPool.IdleTime * 2);
        Assert.Equal((0, 0), (_pool.Count, _pool.Bytes));
    }

    [Fact]
    public void After_the_end_nothing_is_taken_and_what_comes_back_is_let_go_of()
    {
        var segment = _pool.TryTake(1)!;
        Assert.True(_pool.TryOffer(out _, out _));

        _pool.Dispose();

        Assert.Null(_pool.TryTake(1));
        Assert.False(_pool.TryOffer(out _, out _));
        _pool.GiveBack(segment);
        Assert.Equal(0, _pool.Count);
    }

    [Fact]
    public void What_is_let_go_of_occupies_nothing_whoever_has_it_open()
    {
        var (segment, other) = TakeAndOpen();
        using (other)
        {
            _pool.GiveBack(segment);
            Assert.Equal(Content, Read(other));

            _pool.Dispose();

            Assert.Equal(new byte[Content.Length], Read(other));
        }
    }

    [Fact]
    public void What_a_worker_keeps_stays_and_the_rest_occupies_nothing()
    {
        var (segment, other) = TakeAndOpen();
        using (other)
        {
            const int Kept = 100_001;
            _pool.Leave(segment, Kept);

            var page = (Kept + Environment.SystemPageSize - 1) / Environment.SystemPageSize * Environment.SystemPageSize;
            Assert.Equal([.. Content[..page], .. new byte[Content.Length - page]], Read(other));
            Assert.Equal((0, 0), (_pool.Count, _pool.Bytes));
        }
    }

    [Fact]
    public void What_a_dying_worker_uses_stays_as_it_is_and_is_not_taken_again()
    {
        var (segment, other) = TakeAndOpen();
        using (other)
        {
            _pool.Abandon(segment);

            Assert.Equal(Content, Read(other));
            var next = _pool.TryTake(1)!;
            Assert.NotSame(segment, next);
            _pool.GiveBack(next);
        }
    }

    [Fact]
    public void Whoever_opens_it_cannot_make_it_shorter()
    {
        var (segment, other) = TakeAndOpen();
        using (other)
        {
            Assert.ThrowsAny<Exception>(() => other.SetLength(0));
            Assert.Equal(segment.Capacity, other.Length);
            _pool.GiveBack(segment);
        }
    }

    [Fact]
    public void Attachments_stand_one_after_the_other_each_at_a_multiple_of_64()
    {
        var segment = _pool.TryTake(Message)!;
        ReadOnlyMemory<byte>[] attachments = [Content.AsMemory(0, 3), default, Content.AsMemory(3, 64), Content.AsMemory(67, 5)];
        segment.Write(attachments);

        Assert.Equal(133, Segment.BytesOf(attachments));
        Assert.Equal(attachments.Select(each => each.ToArray()), segment.Read([3, 0, 64, 5], out var bytes));
        Assert.Equal(133, bytes);
        Assert.Null(segment.Read([(int)segment.Capacity, 1], out _));
        Assert.Null(segment.Read([int.MaxValue, int.MaxValue], out _));
        _pool.GiveBack(segment);
    }

    private static byte[] Content { get; } = [.. Enumerable.Range(0, 300_000).Select(i => (byte)((i % 251) + 1))];

    private (Segment Segment, FileStream Other) TakeAndOpen()
    {
        var segment = _pool.TryTake(Content.Length)!;
        segment.Write([Content]);
        var path = Path.Combine(SegmentPool.Folder, segment.Name.Split('.')[0]);
        return (segment, new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0));
    }

    private static byte[] Read(FileStream file)
    {
        var content = new byte[Content.Length];
        file.Position = 0;
        file.ReadExactly(content);
        return content;
    }
}
