using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace TypedPool.Telemetry;

/// <summary>
/// An activity for each call, while somebody listens. A listener that throws harms no call. Nothing that a caller or a
/// command said is in an activity.
/// </summary>
/// <param name="pool">The pool's name.</param>
internal sealed class CallActivities(string pool) : IDisposable
{
    private readonly ActivitySource _source = new(TelemetrySource.Name, TelemetrySource.Version);

    /// <summary>Whether anybody listens.</summary>
    internal bool HasListeners => _source.HasListeners();

    /// <summary>Begins the activity of a call, as a child of the current one.</summary>
    /// <param name="command">The command.</param>
    /// <param name="session">The session, or null.</param>
    /// <returns>The activity, or null where nobody wants it.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is the listener's.")]
    internal Activity? Start(string command, string? session)
    {
        ActivityTagsCollection tags = new()
        {
            [AttributeNames.RpcSystem] = "typedpool",
            [AttributeNames.RpcMethod] = command,
            [AttributeNames.Pool] = pool,
        };
        if (session is not null)
        {
            tags[AttributeNames.SessionId] = session;
        }

        try
        {
            return _source.StartActivity(command, ActivityKind.Client, parentContext: default, tags);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Ends the activity of a call.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="failure">Why the call failed, or null.</param>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is the listener's.")]
    internal static void End(Activity activity, Exception? failure)
    {
        if (failure is not null)
        {
            activity.SetTag(AttributeNames.ErrorType, ErrorType.Of(failure));
            activity.SetStatus(ActivityStatusCode.Error);
        }

        try
        {
            activity.Stop();
        }
        catch (Exception)
        {
            // Who listens may fail; what is listened to goes on.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();
}
