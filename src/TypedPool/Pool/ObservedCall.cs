using System.Diagnostics;
using TypedPool.Sessions;
using TypedPool.Telemetry;

namespace TypedPool.Pool;

/// <summary>A call that is counted in a session, measured, or traced. Ended once, before its caller learns of its end.</summary>
/// <param name="metrics">Where it is measured, or null.</param>
/// <param name="command">The command.</param>
/// <param name="began">When it began, as a timestamp.</param>
/// <param name="session">Its session, or null.</param>
/// <param name="activity">Its activity, or null.</param>
internal sealed class ObservedCall(PoolMetrics? metrics, string command, long began, Session? session, Activity? activity)
{
    /// <summary>Where in its trace the call is, for Python; null where it is in none.</summary>
    internal string? Traceparent => activity is { IdFormat: ActivityIdFormat.W3C } ? activity.Id : null;

    /// <summary>Notes which worker has the call.</summary>
    /// <param name="worker">The worker's id.</param>
    internal void RunsOn(string worker) => activity?.SetTag(AttributeNames.WorkerId, worker);

    /// <summary>The call has ended.</summary>
    /// <param name="failure">Why it failed, or null.</param>
    internal void End(Exception? failure)
    {
        session?.Leave(hasFailed: failure is not null);
        metrics?.CallEnded(command, began, failure);
        if (activity is not null)
        {
            CallActivities.End(activity, failure);
        }
    }
}
