using System.Reflection;
using TypedPool.Testing.Hangs;
using TypedPool.Testing.Leftovers;
using Xunit.Sdk;
using Xunit.v3;

namespace TypedPool.Testing;

/// <summary>
/// Runs a test from the construction of its class to its disposal under the watchdog, then looks for what it left.
/// Before/after attributes would not do: xunit calls them before the test class is disposed.
/// </summary>
internal sealed class SupervisedTestRunner(bool checkLeftovers) : XunitTestRunner
{
    private const string InParallel =
        "Tests that are checked for leftovers run one by one. Add [assembly: Parallelization(Mode = ParallelMode.None)], or [assembly: SupervisedTests(CheckLeftovers = false)].";

    protected override async ValueTask<TimeSpan> RunTest(XunitTestRunnerContext ctxt)
    {
        ArgumentNullException.ThrowIfNull(ctxt);
        var before = checkLeftovers ? Belongings.Take() : null;

        TimeSpan elapsed;
        using (var watchdog = HangWatchdog.Watch(ctxt.Test.TestDisplayName, LimitOf(ctxt.Test)))
        {
            elapsed = await base.RunTest(ctxt);
            if (watchdog.Bark() is { } hang)
            {
                ctxt.Aggregator.Add(hang);
                return elapsed;
            }
        }

        if (before is not null && ctxt.ParallelMode != ParallelMode.None)
            ctxt.Aggregator.Add(new InvalidOperationException(InParallel));
        else if (before is not null)
            await ctxt.Aggregator.RunAsync(() => LeftoverCheck.VerifyAsync(before));
        return elapsed;
    }

    private static TimeSpan LimitOf(IXunitTest test)
    {
        var method = test.TestMethod.Method;
        var declared = method.GetCustomAttribute<HangLimitAttribute>()
            ?? test.TestMethod.TestClass.Class.GetCustomAttribute<HangLimitAttribute>();
        return declared is null ? HangWatchdog.DefaultLimit : TimeSpan.FromSeconds(declared.Seconds);
    }
}
