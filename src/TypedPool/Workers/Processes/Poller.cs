using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace TypedPool.Workers.Processes;

/// <summary>
/// A thread that waits for descriptors, for all workers of a pool. A descriptor is waited for once each time that it is
/// armed, and only after an attempt to read or write has found that it would have to wait; so a busy one costs no more
/// system calls than a blocking one. Linux only.
/// </summary>
internal sealed class Poller : IDisposable
{
    /// <summary>The switch of <see cref="AppContext"/> with which a program keeps to .NET's own streams.</summary>
    internal const string Switch = "TypedPool.UseStreams";

    private const int EventsAtOnce = 64;
    private const long Stop = 0;

    private readonly Epoll _epoll = new();
    private readonly ConcurrentDictionary<long, Readiness> _waiting = new();
    private readonly AnonymousPipeServerStream _stop = new(PipeDirection.Out, HandleInheritability.None);
    private readonly Thread _thread;
    private long _lastKey = Stop;

    internal Poller()
    {
        _epoll.Arm(_stop.ClientSafePipeHandle, isKnown: false, Epoll.Readable, Stop);
        _thread = new Thread(Run) { IsBackground = true, Name = "TypedPool poller" };
        _thread.UnsafeStart();
    }

    /// <summary>A poller, where one can be had and is wanted.</summary>
    /// <returns>Null where .NET's own streams are to be used.</returns>
    internal static Poller? IfWanted() =>
        OperatingSystem.IsLinux() && !(AppContext.TryGetSwitch(Switch, out var isSet) && isSet) ? new Poller() : null;

    /// <summary>Waits for a descriptor once.</summary>
    /// <param name="readiness">Who waits.</param>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="what">For what.</param>
    /// <param name="key">The waiter's own; 0 before its first wait.</param>
    internal void Arm(Readiness readiness, SafeHandle descriptor, uint what, ref long key)
    {
        var isKnown = key > 0;
        if (!isKnown)
        {
            key = Interlocked.Increment(ref _lastKey);
            _waiting[key] = readiness;
        }

        _epoll.Arm(descriptor, isKnown, what, key);
    }

    /// <summary>Waits for a descriptor no more.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="key">The waiter's own; 0 where it has never waited.</param>
    internal void Forget(SafeHandle descriptor, long key)
    {
        if (_waiting.TryRemove(key, out _))
        {
            _epoll.Remove(descriptor);
        }
    }

    /// <summary>Ends the thread. Nobody waits any more.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _thread.Join();
        _stop.ClientSafePipeHandle.Dispose();
        _epoll.Dispose();
    }

    private void Run()
    {
        var events = Epoll.Room(EventsAtOnce);
        while (true)
        {
            var count = _epoll.Wait(events, Timeout.Infinite);
            for (var i = 0; i < count; i++)
            {
                var key = Epoll.KeyAt(events, i);
                if (key == Stop)
                {
                    return;
                }

                if (_waiting.TryGetValue(key, out var readiness))
                {
                    readiness.Ready();
                }
            }
        }
    }
}
