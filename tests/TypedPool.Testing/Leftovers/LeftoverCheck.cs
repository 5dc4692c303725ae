using TypedPool.Testing.Processes;

namespace TypedPool.Testing.Leftovers;

/// <summary>Fails a test that leaves a process, a descriptor or a temporary file behind.</summary>
internal static class LeftoverCheck
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until nothing is left that was not there before.</summary>
    /// <exception cref="LeftoversException">Something is still there after five seconds. Processes among it have been killed.</exception>
    /// <remarks>
    /// The one place that polls: the kernel releases a killed process and its descriptors a moment after whoever killed
    /// it was told so, and offers no event for "this descriptor is closed" or "this orphan is gone".
    /// </remarks>
    public static async ValueTask VerifyAsync(Belongings before, TimeSpan? deadline = null)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, clock);
        while (true)
        {
            var now = Belongings.Take();
            var left = now.Since(before);
            if (left.Count == 0)
                return;
            if (clock.GetElapsedTime(started) >= (deadline ?? Deadline))
            {
                // So that the next test, and the machine, do not suffer for this one.
                foreach (var process in now.ProcessesSince(before))
                    Signals.Send(process, Signals.Kill);
                throw new LeftoversException(left);
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
