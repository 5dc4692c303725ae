using System.Text.Json;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>A call that has been sent, for whoever listens to it: he may answer what he hears, and say when its time passes.</summary>
/// <param name="connection">Where to send.</param>
/// <param name="clock">What counts its time.</param>
/// <param name="call">The call.</param>
/// <param name="stopping">How it is stopped when its time is up.</param>
internal sealed class SentCall(WorkerConnection connection, CommandClock clock, PendingCall call, Stopping stopping)
{
    private readonly Lock _gate = new();
    private bool _isOver;

    /// <summary>Sends a notification about the call, unless it has ended.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="writeParams">Writes the params: one JSON value.</param>
    internal void Post(string method, Action<Utf8JsonWriter> writeParams)
    {
        if (!Volatile.Read(ref _isOver))
        {
            connection.Post(OutgoingMessage.Notification(method, call.Id, writeParams));
        }
    }

    /// <summary>The same, waiting until the operating system has accepted it.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="writeParams">Writes the params: one JSON value.</param>
    /// <returns>Completes when it has been accepted, or the call or its channel has ended.</returns>
    internal ValueTask SendAsync(string method, Action<Utf8JsonWriter> writeParams) => Volatile.Read(ref _isOver)
        ? ValueTask.CompletedTask
        : connection.SendAsync(OutgoingMessage.Notification(method, call.Id, writeParams));

    /// <summary>Sets how much time the call has from now on, in place of what was set before.</summary>
    /// <param name="limit">How long it may take.</param>
    internal void SetTime(TimeLimit limit)
    {
        lock (_gate)
        {
            // Under the gate, so that no clock is left running when the call has ended.
            if (!_isOver)
            {
                clock.Stop(call);
                call.Limit = limit;
                clock.Start(call, limit.Time, stopping);
            }
        }
    }

    /// <summary>The call has ended.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _isOver = true;
            clock.Stop(call);
        }
    }
}
