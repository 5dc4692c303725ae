using System.Diagnostics;
using TypedPool.Testing.Processes;

namespace TypedPool.Testing.Hangs;

/// <summary>
/// Lets each descendant write its own stacks to its standard error. Python does so on SIGABRT where its fault handler
/// is on, which every process of a test run inherits (PYTHONFAULTHANDLER=1); a process that has registered SIGUSR1
/// does so and goes on.
/// </summary>
internal static class PythonStacks
{
    public static string Request(TimeSpan timeToAnswer)
    {
        var lines = new List<string>();
        var asked = new List<RunningProcess>();
        foreach (var process in ProcessTree.Descendants().Where(IsPython))
        {
            // Whether a handler is installed is read from the process itself, so nobody is aborted in vain.
            var signal = Signals.IsCaught(process, Signals.Abort) ? Signals.Abort
                : Signals.IsCaught(process, Signals.User1) ? Signals.User1
                : 0;
            lines.Add(signal switch
            {
                Signals.Abort => $"{process.Id}: aborted, its stacks stand on its standard error",
                Signals.User1 => $"{process.Id}: sent SIGUSR1, its stacks stand on its standard error",
                _ => $"{process.Id}: handles neither SIGABRT nor SIGUSR1; only what stands above is known",
            });
            if (signal == 0)
                continue;
            Signals.Send(process, signal);
            asked.Add(process);
        }

        foreach (var process in asked)
            AwaitEnd(process, timeToAnswer);
        return lines.Count == 0 ? "None." : string.Join(Environment.NewLine, lines);
    }

    private static bool IsPython(RunningProcess process) => process.CommandLine.Contains("python", StringComparison.OrdinalIgnoreCase);

    /// <summary>An aborted Python ends when it has written its stacks; one that goes on has had the time to write them.</summary>
    private static void AwaitEnd(RunningProcess asked, TimeSpan limit)
    {
        try
        {
            using var process = Process.GetProcessById(asked.Id);
            process.WaitForExit(limit);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }
}
