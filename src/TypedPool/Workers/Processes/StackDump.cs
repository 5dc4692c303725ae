namespace TypedPool.Workers.Processes;

/// <summary>Has a worker write the stacks of its threads. C code writes them, on a signal, whoever holds the interpreter lock.</summary>
internal static class StackDump
{
    /// <summary>A dump takes a fraction of a millisecond, on a machine that is busy much longer; a worker that is stopped never begins one.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a dump may not have begun, where nothing says that it will: a worker that has taken the signal away never begins one.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMilliseconds(200);

    /// <summary>There is no end mark: the dump is over when nothing has been added for this long, and nothing says that it goes on.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(5);

    /// <summary>Takes the stacks.</summary>
    /// <param name="processId">The worker.</param>
    /// <param name="path">Where it writes them.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The stacks; empty where none came.</returns>
    internal static async Task<string> TakeAsync(int processId, string path, TimeProvider time)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using (file.ConfigureAwait(false))
            {
                var watch = new SignalWatch(processId, Signals.WriteStacks);
                if (OperatingSystem.IsWindows() || !Signals.Send(processId, Signals.WriteStacks))
                {
                    return "";
                }

                await UntilSilentAsync(file, watch, time).ConfigureAwait(false);
                using var reader = new StreamReader(file);
                return (await reader.ReadToEndAsync().ConfigureAwait(false)).TrimEnd();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task UntilSilentAsync(FileStream file, SignalWatch watch, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var seen = began;
        var length = 0L;
        do
        {
            await Task.Delay(Silence, time).ConfigureAwait(false);
            var isUnderWay = watch.IsUnderWay;
            var now = file.Length;
            if (now > 0 && now == length && !isUnderWay)
            {
                return;
            }

            length = now;
            seen = isUnderWay ? time.GetTimestamp() : seen;
        }
        while (time.GetElapsedTime(seen) < LongestStart && time.GetElapsedTime(began) < LongestWait);
    }
}
