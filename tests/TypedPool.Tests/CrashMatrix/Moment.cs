namespace TypedPool.Tests.CrashMatrix;

/// <summary>When in its life a worker fails.</summary>
public enum Moment
{
    /// <summary>While its module is imported, the prologue sent and the handshake not answered.</summary>
    BeforeHandshake,

    /// <summary>In a thread of the user's, while no call runs.</summary>
    Idle,

    /// <summary>When a request waits in the channel and nothing of it has been read.</summary>
    BeforeReading,

    /// <summary>When the header and half of the body have been read, of a request that is larger than a pipe.</summary>
    InReading,

    /// <summary>In the command.</summary>
    UserCode,

    /// <summary>In a command behind which the call waits in the worker (<see cref="PythonPoolOptions.Prefetch"/>).</summary>
    WaitingInWorker,

    /// <summary>When half of the answer's frame has been written.</summary>
    InWriting,

    /// <summary>When the whole answer has been written.</summary>
    AfterAnswer,

    /// <summary>In an exit hook (<c>atexit</c>), the pool having asked it to leave.</summary>
    ExitHook,
}
