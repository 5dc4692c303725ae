namespace TypedPool.Pool;

/// <summary>
/// Knows which calls of a pool come from host functions of other calls of the same pool. Each of those holds a place while it
/// waits for the ones that come from it; where all places are held so, waiting for another one would never end.
/// </summary>
internal sealed class HostChain
{
    private readonly AsyncLocal<Link?> _current = new();
    private readonly Lock _gate = new();

    /// <summary>How many calls wait for a place, for themselves or for one that comes from them. Guarded by the gate.</summary>
    private int _stalled;

    /// <summary>Whether the caller runs in a host function.</summary>
    internal bool IsInside => _current.Value is not null;

    /// <summary>What is called from now on, in this flow of control, comes from one more call.</summary>
    internal void Enter() => _current.Value = new Link(_current.Value);

    /// <summary>A call that comes from others begins to wait for a place.</summary>
    /// <param name="places">How many places there can be.</param>
    /// <returns>False where all of them would be held by calls that wait: it must not.</returns>
    internal bool TryBeginWait(int places)
    {
        lock (_gate)
        {
            var stalled = _stalled;
            for (var link = _current.Value; link is not null; link = link.From)
            {
                stalled += link.Waits++ == 0 ? 1 : 0;
            }

            _stalled = stalled;
            if (stalled < places)
            {
                return true;
            }
        }

        EndWait();
        return false;
    }

    /// <summary>It waits no more.</summary>
    internal void EndWait()
    {
        lock (_gate)
        {
            for (var link = _current.Value; link is not null; link = link.From)
            {
                _stalled -= --link.Waits == 0 ? 1 : 0;
            }
        }
    }

    /// <summary>A call in whose host function something runs.</summary>
    /// <param name="from">The call from whose host function it came in its turn.</param>
    private sealed class Link(Link? from)
    {
        internal Link? From { get; } = from;

        /// <summary>How many calls that come from it wait for a place.</summary>
        internal int Waits { get; set; }
    }
}
