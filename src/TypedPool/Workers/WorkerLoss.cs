using System.Globalization;

namespace TypedPool.Workers;

/// <summary>Tells a person how a worker ended.</summary>
internal static class WorkerLoss
{
    private const int FirstSignalCode = 128;

    /// <summary>The exception for a call whose worker died.</summary>
    /// <param name="worker">The worker, ended.</param>
    /// <param name="delivery">Whether it may have begun to run the call.</param>
    /// <returns>The exception.</returns>
    internal static WorkerCrashedException Crashed(Worker worker, Delivery delivery)
    {
        var told = delivery == Delivery.MayHaveRun
            ? "The command may have run in part or whole, so it is not run again."
            : "The command had not been started.";
        return new WorkerCrashedException(
            $"The worker died during the call ({ExitStatus(worker)}). {told}{Printed(worker.StandardErrorTail)}")
        {
            ExitCode = worker.ExitCode,
            Delivery = delivery,
            StandardError = worker.StandardErrorTail,
        };
    }

    /// <summary>The exception for a call whose worker was killed for the sake of another one.</summary>
    /// <param name="worker">The worker, ended.</param>
    /// <param name="reason">What the other call had done.</param>
    /// <param name="delivery">Whether it may have begun to run this call.</param>
    /// <returns>The exception.</returns>
    internal static WorkerCrashedException OfNeighbour(Worker worker, CondemnReason reason, Delivery delivery)
    {
        var done = reason == CondemnReason.Cancelled ? "was cancelled" : "ran too long";
        return new WorkerCrashedException(
            $"The worker was killed for another call on it, which {done} and could not be stopped. CallsPerWorker = 1 keeps calls apart.")
        {
            ExitCode = worker.ExitCode,
            Delivery = delivery,
            StandardError = worker.StandardErrorTail,
        };
    }

    /// <summary>The exception for a call that has waited in a worker for another one, and was taken back.</summary>
    /// <param name="limit">How long it could wait.</param>
    /// <param name="crash">The crash after which it was to be run again, or null.</param>
    /// <returns>The exception.</returns>
    internal static CheckoutTimeoutException WaitedTooLong(TimeLimit limit, WorkerCrashedException? crash) => new(
        $"No worker came free within {limit}: the call waited in a worker that was busy with another one (Prefetch). "
        + (crash is null ? "It was not run. " : "")
        + $"{limit.Advice}, set Size, make the commands shorter, or set Prefetch to 0."
        + (crash is null ? "" : $" The command was to be run again: {crash.Message}"),
        crash)
    {
        Timeout = limit.Time,
    };

    /// <summary>The exception for a call whose command ran too long.</summary>
    /// <param name="limit">How long it could have run.</param>
    /// <param name="stacks">Where Python was, as it prints it; empty where that is not known.</param>
    /// <returns>The exception.</returns>
    internal static CommandTimeoutException TimedOut(TimeLimit limit, string stacks) => new(
        $"The command did not end within {limit}; its worker was killed and is replaced. "
        + $"{limit.Advice} if it needs longer."
        + (stacks.Length == 0 ? "" : $" Python was here:\n{stacks}"))
    {
        Timeout = limit.Time,
        PythonStack = stacks,
    };

    /// <summary>The exception for a call whose command ran too long, and was stopped.</summary>
    /// <param name="limit">How long it could have run.</param>
    /// <param name="traceback">Where it was interrupted; empty where it ended by itself.</param>
    /// <returns>The exception.</returns>
    internal static CommandTimeoutException Interrupted(TimeLimit limit, string traceback) => new(
        $"The command did not end within {limit} and was interrupted; its worker goes on. {limit.Advice} if it needs longer."
        + (traceback.Length == 0 ? "" : $" Python was here:\n{traceback}"))
    {
        Timeout = limit.Time,
        PythonStack = traceback,
    };

    /// <summary>The exception for a call that was answered, and whose result was not read in time.</summary>
    /// <param name="limit">How long the command could have run.</param>
    /// <returns>The exception.</returns>
    internal static CommandTimeoutException ReaderStuck(TimeLimit limit) => new(
        $"The command has answered, but the reader of its result (PythonCommand.ReadResult) has not returned within {limit}. "
        + "Its worker was killed and is replaced; the thread that the reader runs on stays blocked until it returns. "
        + "A reader must read what it is given, and wait for nothing.")
    {
        Timeout = limit.Time,
    };

    /// <summary>How a worker ended, in words.</summary>
    /// <param name="worker">The worker, ended.</param>
    /// <returns>The words.</returns>
    internal static string ExitStatus(Worker worker) => worker.HasOutstayed
        ? $"it closed its channel and was killed, since it did not exit within {Worker.ExitGrace}"
        : ExitStatus(worker.ExitCode);

    /// <summary>An exit code in words.</summary>
    /// <param name="exitCode">The code.</param>
    /// <returns>The words.</returns>
    internal static string ExitStatus(int? exitCode) => exitCode switch
    {
        null => "its exit code is not known",
        > FirstSignalCode and { } code when SignalName(code - FirstSignalCode) is { } name =>
            string.Create(CultureInfo.InvariantCulture, $"{name}, or exit code {code}"),
        { } code => string.Create(CultureInfo.InvariantCulture, $"exit code {code}"),
    };

    /// <summary>The last lines on standard error, to be appended to a message.</summary>
    /// <param name="tail">The lines.</param>
    /// <returns>The text; empty where there are none.</returns>
    internal static string Printed(string tail) => tail.Length == 0 ? "" : $" It printed last:\n{tail}";

    private static string? SignalName(int signal) => signal switch
    {
        2 => "SIGINT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        _ => null,
    };
}
