namespace TypedPool.Workers;

/// <summary>Why a worker is of no more use. The first reason stands.</summary>
internal enum CondemnReason
{
    /// <summary>It is of use.</summary>
    None,

    /// <summary>Its process has ended by itself, or it has closed its channel.</summary>
    Died,

    /// <summary>It sent what the protocol does not allow.</summary>
    ProtocolFault,

    /// <summary>It did not become ready in time.</summary>
    StartTimeout,

    /// <summary>Its command ran too long.</summary>
    CommandTimeout,

    /// <summary>The caller gave up, and the command cannot be stopped in any other way.</summary>
    Cancelled,

    /// <summary>The call has waited too long in the worker. No worker is condemned for it.</summary>
    WaitedTooLong,

    /// <summary>The pool stops.</summary>
    Stopped,
}
