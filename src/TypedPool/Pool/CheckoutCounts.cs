using System.Runtime.InteropServices;

namespace TypedPool.Pool;

/// <summary>The checkout at one moment.</summary>
/// <param name="Starting">Workers being started.</param>
/// <param name="Free">Workers without a call.</param>
/// <param name="Busy">Workers with a call.</param>
/// <param name="Leaving">Workers of no more use, and not gone yet.</param>
/// <param name="Waiting">Callers that wait.</param>
/// <param name="LongestWait">How long the first of them has waited.</param>
/// <param name="Suspect">Workers, free or busy, that have left a ping unanswered.</param>
/// <param name="Replacing">Workers that are being replaced, until nothing of them is left.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CheckoutCounts(
    int Starting, int Free, int Busy, int Leaving, int Waiting, TimeSpan LongestWait, int Suspect, int Replacing)
{
    /// <summary>Calls that workers have.</summary>
    internal int Calls { get; init; }

    /// <summary>Workers that have a call, can have one, or soon will.</summary>
    internal int Alive => Starting + Free + Busy;

    /// <summary>Places taken.</summary>
    internal int Slots => Alive + Leaving;
}
