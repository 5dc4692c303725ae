using System.Runtime.InteropServices;

namespace TypedPool.Workers;

/// <summary>How a call is stopped before its time. By default its worker is killed at once.</summary>
/// <param name="CancelGrace">How long a command that can notice that it is cancelled may take to end by itself.</param>
/// <param name="InterruptGrace">How long any command may take to end from then on, an exception being raised in it.</param>
/// <param name="OnTimeout">What happens to a command that runs too long.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stopping(TimeSpan CancelGrace, TimeSpan InterruptGrace, TimeoutAction OnTimeout)
{
    /// <summary>How long the worker has from the first word to the kill.</summary>
    internal TimeSpan UntilKill => CancelGrace + InterruptGrace;
}
