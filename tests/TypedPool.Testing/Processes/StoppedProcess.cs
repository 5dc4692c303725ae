namespace TypedPool.Testing.Processes;

/// <summary>A process that the system does not let run, until this is disposed of. Linux only.</summary>
public sealed class StoppedProcess : IDisposable
{
    private readonly int _id;

    /// <summary>Stops the process.</summary>
    /// <param name="id">Its id.</param>
    public StoppedProcess(int id)
    {
        _id = id;
        Signals.Send(id, Signals.Stop);
    }

    /// <summary>Lets it run on, if it still is there.</summary>
    public void Dispose() => Signals.Send(_id, Signals.Continue);
}
