namespace TypedPool.Tests.CrashMatrix;

/// <summary>What a worker does wrong: a function in <c>python/crash_faults.py</c> each, by its name in Python's spelling.</summary>
public enum Fault
{
    Kill,
    SegmentationFault,
    ExitWithZero,
    ExitWithThree,
    SystemExit,
    UncaughtException,
    Abort,

    /// <summary>An allocation above RLIMIT_AS: a MemoryError.</summary>
    MemoryLimit,

    /// <summary>The kernel, out of memory, ends the process. No function: see <see cref="Matrix.WhyNoCell"/>.</summary>
    OutOfMemoryKill,

    HangInPython,
    HangHoldingTheLock,
    HangReleasingTheLock,

    /// <summary>Both descriptors of the channel are closed, and the worker goes on.</summary>
    ClosedChannel,

    /// <summary>Bytes on the channel that are no frame.</summary>
    Garbage,

    /// <summary>A frame on the channel that answers a call which was never made.</summary>
    WrongId,
}
