using System.Diagnostics.CodeAnalysis;

namespace TypedPool.Workers;

/// <content>Reading: by a caller for himself, or in the background.</content>
internal sealed partial class WorkerConnection
{
    /// <summary>Up to this size an answer may be read on the thread of its caller, before he has a task.</summary>
    private const int SmallBytes = 16 * 1024;

    /// <summary>Reads until the answer of this call has been read. Where somebody reads already, he will end the call.</summary>
    private void ReadFor(PendingCall call)
    {
        if (!_reader.TryTakeRole())
        {
            return;
        }

        if (!IsPending(call))
        {
            // Somebody has read its answer meanwhile: nothing is left to wait for.
            GiveBack(isOpen: true);
            return;
        }

        _direct = call;
        if (!TryRead())
        {
            return;
        }

        if (!MayBeHandledHere(call) || (HandleDirect(_read.GetResult()) && TryRead()))
        {
            // A reader that does not return, or takes its time, must not keep his task from a caller.
            ThreadPool.UnsafeQueueUserWorkItem(static it => it.Resume(), this, preferLocal: false);
        }
    }

    private bool IsPending(PendingCall call)
    {
        lock (_gate)
        {
            return _pending?.ContainsKey(call.Id) == true;
        }
    }

    /// <summary>Whether what has been read can be nothing but this call's answer, and can be read within its caller's own call.</summary>
    private bool MayBeHandledHere(PendingCall call)
    {
        if (!call.IsReadPromptly || call.Memory is not null || _buffer.Unread.Length > SmallBytes)
        {
            return false;
        }

        lock (_gate)
        {
            return _pending?.Count == 1;
        }
    }

    /// <summary>Reads for a caller.</summary>
    /// <returns>False where <see cref="Resume"/> is called when there is something.</returns>
    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "Its awaiter is kept and used once.")]
    private bool TryRead()
    {
        _read = _reader.ReadAsync().ConfigureAwait(false).GetAwaiter();
        if (_read.IsCompleted)
        {
            return true;
        }

        _read.UnsafeOnCompleted(_onRead ??= Resume);
        return false;
    }

    private void Resume()
    {
        while (HandleDirect(_read.GetResult()) && TryRead())
        {
        }
    }

    /// <summary>Handles what a caller's own read brought.</summary>
    /// <returns>Whether his answer is still to come; else the role has been given back.</returns>
    private bool HandleDirect(bool hasBytes)
    {
        var isOpen = Handle(hasBytes);
        if (isOpen && _direct is not null)
        {
            return true;
        }

        GiveBack(isOpen);
        return false;
    }

    private void ReadInBackground(bool hasBytes) => GiveBack(Handle(hasBytes));

    /// <summary>Gives the role back, and then has the caller go on who was answered.</summary>
    private void GiveBack(bool isOpen)
    {
        var ended = TakeEnded();
        if (!isOpen || TryRest() || _reader.TryReleaseRole())
        {
            // He goes on here, on the thread that his answer came in on, and holds nobody up.
            ended?.End(onThisThread: true);
            return;
        }

        // Not here, where somebody may be about to be given his task.
        ended?.End(onThisThread: false);
        ThreadPool.UnsafeQueueUserWorkItem(static it => it.HandleMore(), this, preferLocal: false);
    }

    private PendingCall? TakeEnded()
    {
        var ended = _ended;
        _ended = _direct = null;
        return ended;
    }

    private void ReleaseRole()
    {
        if (!_reader.TryReleaseRole())
        {
            HandleMore();
        }
    }

    [SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The role cannot be released because the read is done.")]
    private void HandleMore()
    {
        bool isOpen;
        do
        {
            isOpen = Handle(_reader.ReadAsync().GetAwaiter().GetResult());
            TakeEnded()?.End(onThisThread: false);
        }
        while (isOpen && !_reader.TryReleaseRole());
    }
}
