using System.Globalization;

namespace TypedPool.Workers.Processes;

/// <summary>
/// Tells whether a process is still to take a signal, or at it, as Linux says in <c>/proc</c>. Made before the signal is sent, since a
/// thread may block it for ever; elsewhere nothing is known, and so nothing is under way.
/// </summary>
internal sealed class SignalWatch
{
    private readonly string _threads;
    private readonly ulong _signal;
    private readonly HashSet<string> _blocking;

    /// <param name="processId">The process.</param>
    /// <param name="signal">The signal, to be sent to the whole process.</param>
    internal SignalWatch(int processId, int signal)
    {
        _threads = $"/proc/{processId}/task";
        _signal = 1UL << (signal - 1);
        _blocking = [.. Threads().Where(thread => HasSignal(thread, "SigBlk"))];
    }

    /// <summary>Whether it waits to be taken, or its handler runs: as long the thread that runs that blocks the signal.</summary>
    internal bool IsUnderWay => Threads().Any(thread =>
        _blocking.Contains(thread) ? HasSignal(thread, "ShdPnd") : HasSignal(thread, "ShdPnd", "SigBlk"));

    private string[] Threads() => Directory.Exists(_threads) ? Directory.GetDirectories(_threads) : [];

    private bool HasSignal(string thread, params ReadOnlySpan<string> masks)
    {
        try
        {
            foreach (var line in File.ReadAllLines(Path.Combine(thread, "status")))
            {
                if (line.Split(':', StringSplitOptions.TrimEntries) is [var name, var mask] && masks.Contains(name)
                    && ulong.TryParse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var set) && (set & _signal) != 0)
                {
                    return true;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The thread has ended meanwhile.
        }

        return false;
    }
}
