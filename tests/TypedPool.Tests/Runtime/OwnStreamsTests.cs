using TypedPool.Workers.Processes;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Calls over .NET's own streams, which are the channel everywhere but on Linux, and there where a program asks for it.</summary>
public sealed class CallsOverOwnStreamsTests : CallTests, IDisposable
{
    public CallsOverOwnStreamsTests() => AppContext.SetSwitch(Poller.Switch, isEnabled: true);

    public void Dispose() => AppContext.SetSwitch(Poller.Switch, isEnabled: false);

    [Fact]
    public void The_switch_is_obeyed() => Assert.Null(Poller.IfWanted());
}

/// <summary>Failures over .NET's own streams.</summary>
public sealed class FailuresOverOwnStreamsTests : FailureTests, IDisposable
{
    public FailuresOverOwnStreamsTests() => AppContext.SetSwitch(Poller.Switch, isEnabled: true);

    public void Dispose() => AppContext.SetSwitch(Poller.Switch, isEnabled: false);
}
