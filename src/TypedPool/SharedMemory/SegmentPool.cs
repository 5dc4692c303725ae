using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace TypedPool.SharedMemory;

/// <summary>
/// The segments of a pool. One is taken for a call, of any worker, and used again when the worker has answered: only memory that
/// is there already is faster than a pipe. Linux only.
/// </summary>
/// <param name="largestMessage">How many bytes the attachments of a message have at most.</param>
/// <param name="time">The clock by which what nobody uses is let go of.</param>
internal sealed class SegmentPool(int largestMessage, TimeProvider time) : IDisposable
{
    /// <summary>From so many bytes on shared memory is faster than a pipe.</summary>
    internal const int LeastBytes = 64 * 1024;

    /// <summary>How many segments there are at most: each costs two descriptors.</summary>
    internal const int MostSegments = 64;

    /// <summary>How many bytes they occupy at most together, but for answers that are being written.</summary>
    internal const long MostBytes = 512L * 1024 * 1024;

    /// <summary>What is not used for so long is let go of; it may stay up to twice as long.</summary>
    internal static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private const int TokenBytes = 16;

    private readonly Lock _gate = new();

    /// <summary>Those that nobody uses, the last one used last: that is taken first.</summary>
    private readonly List<Segment> _free = [];

    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
    private Segment? _sample;
    private ITimer? _timer;
    private bool _isTimed;
    private long _lastNumber;
    private bool _isClosed;

    /// <summary>How many segments there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How many bytes they occupy.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Where a worker finds the segments.</summary>
    internal static string Folder { get; } = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd");

    /// <summary>A segment by which a worker can tell that it reaches this pool's, and no other process's.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What it holds.</param>
    /// <returns>False where there is no shared memory.</returns>
    internal bool TryOffer([NotNullWhen(true)] out string? name, out string text)
    {
        text = _token;
        lock (_gate)
        {
            if (_sample is null && !_isClosed && (_sample = Make(Environment.SystemPageSize)) is { } made)
            {
                made.Write([System.Text.Encoding.ASCII.GetBytes(_token)]);
            }

            name = _sample?.Name;
        }

        return name is not null;
    }

    /// <summary>Takes a segment, which goes back by <see cref="GiveBack"/>, <see cref="Leave"/> or <see cref="Abandon"/>.</summary>
    /// <param name="bytes">How many bytes are about to be written to it; 0 where that is not known.</param>
    /// <returns>The segment; null where there is none.</returns>
    internal Segment? TryTake(long bytes)
    {
        List<Segment> dropped = [];
        Segment? taken = null;
        lock (_gate)
        {
            if (!_isClosed)
            {
                taken = TakeFree();
                var more = Math.Max(0, bytes - (taken?.Occupied ?? 0));
                MakeRoomFor(more, dropped);
                if (Bytes + more > MostBytes)
                {
                    if (taken is not null)
                    {
                        _free.Add(taken);
                    }

                    taken = null;
                }
                else if (taken is not null || (Count < MostSegments && (taken = Make(CapacityOf(largestMessage))) is not null))
                {
                    Occupy(taken, bytes);
                }
            }
        }

        dropped.ForEach(segment => segment.Free());
        return taken;
    }

    /// <summary>Gives back a segment that no worker uses any more.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="bytes">How many bytes a worker has written to it.</param>
    internal void GiveBack(Segment segment, long bytes = 0)
    {
        lock (_gate)
        {
            Occupy(segment, bytes);
            if (!_isClosed && Bytes <= MostBytes)
            {
                segment.UsedLast = time.GetTimestamp();
                _free.Add(segment);
                SetTimer();
                return;
            }

            Forget(segment);
        }

        segment.Free();
    }

    /// <summary>Leaves a segment to a worker: some of what was written to it is in use there for good.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="bytes">How many bytes from the start that may be.</param>
    internal void Leave(Segment segment, long bytes)
    {
        lock (_gate)
        {
            Forget(segment);
        }

        segment.Leave(bytes);
    }

    /// <summary>Gives up a segment that a worker uses which is about to end.</summary>
    /// <param name="segment">The segment.</param>
    internal void Abandon(Segment segment)
    {
        lock (_gate)
        {
            Forget(segment);
        }

        segment.Abandon();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        List<Segment> dropped;
        lock (_gate)
        {
            _isClosed = true;
            _timer?.Dispose();
            dropped = [.. _free];
            dropped.ForEach(Forget);
            _free.Clear();
            if (_sample is not null)
            {
                Forget(_sample);
                dropped.Add(_sample);
                _sample = null;
            }
        }

        dropped.ForEach(segment => segment.Free());
    }

    /// <summary>Room for the gaps between attachments, too.</summary>
    private static long CapacityOf(int message) => message + LeastBytes;

    private Segment? TakeFree()
    {
        if (_free.Count == 0)
        {
            return null;
        }

        var last = _free[^1];
        _free.RemoveAt(_free.Count - 1);
        return last;
    }

    private void MakeRoomFor(long bytes, List<Segment> dropped)
    {
        while (Bytes + bytes > MostBytes && _free.Count > 0)
        {
            dropped.Add(_free[0]);
            Forget(_free[0]);
            _free.RemoveAt(0);
        }
    }

    private Segment? Make(long capacity)
    {
        try
        {
            var made = new Segment(++_lastNumber, capacity);
            Count++;
            return made;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or EntryPointNotFoundException or OutOfMemoryException)
        {
            // There are no descriptors left, or the kernel has no such files: the pipe takes what is large as well.
            return null;
        }
    }

    private void Occupy(Segment segment, long bytes)
    {
        if (bytes > segment.Occupied)
        {
            Bytes += bytes - segment.Occupied;
            segment.Occupied = bytes;
        }
    }

    private void Forget(Segment segment)
    {
        Count--;
        Bytes -= segment.Occupied;
    }

    private void SetTimer()
    {
        if (_isTimed)
        {
            return;
        }

        _isTimed = true;
        if (_timer is not null)
        {
            _timer.Change(IdleTime, Timeout.InfiniteTimeSpan);
            return;
        }

        // The timer outlives the call: what flows with the call must not stay with it.
        using var _ = ExecutionContext.SuppressFlow();
        _timer = time.CreateTimer(static it => ((SegmentPool)it!).OnTime(), this, IdleTime, Timeout.InfiniteTimeSpan);
    }

    private void OnTime()
    {
        List<Segment> dropped;
        lock (_gate)
        {
            _isTimed = false;
            dropped = _free.FindAll(segment => time.GetElapsedTime(segment.UsedLast) >= IdleTime);
            dropped.ForEach(Forget);
            _free.RemoveAll(dropped.Contains);
            if (_free.Count > 0 && !_isClosed)
            {
                SetTimer();
            }
        }

        dropped.ForEach(segment => segment.Free());
    }
}
