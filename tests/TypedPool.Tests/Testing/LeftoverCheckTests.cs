using System.Diagnostics;
using System.IO.Pipes;
using TypedPool.Testing;
using TypedPool.Testing.Deliberate;
using TypedPool.Testing.Leftovers;
using Xunit;

namespace TypedPool.Tests.Testing;

public sealed class LeftoverCheckTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Nothing_left_is_no_error()
    {
        var before = Belongings.Take();
        using (new TemporaryFolder())
        using (new AnonymousPipeServerStream())
        {
        }

        await LeftoverCheck.VerifyAsync(before, Soon);
    }

    [Fact]
    public async Task A_process_is_named_and_killed()
    {
        OnLinux();
        var before = Belongings.Take();
        using var process = Process.Start("sleep", "987");

        var left = await Assert.ThrowsAsync<LeftoversException>(async () => await LeftoverCheck.VerifyAsync(before, Soon));

        var line = Assert.Single(left.Left);
        Assert.Matches($"process {process.Id} .*: sleep 987", line);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_orphan_is_found_though_its_parent_has_gone()
    {
        OnLinux();
        var before = Belongings.Take();
        await CommandLine.RunAsync(
            "sh", ["-c", "sleep 987 </dev/null >/dev/null 2>&1 &"], cancellationToken: TestContext.Current.CancellationToken);

        var left = await Assert.ThrowsAsync<LeftoversException>(async () => await LeftoverCheck.VerifyAsync(before, Soon));

        Assert.Contains("sleep 987", Assert.Single(left.Left), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_named_by_its_descriptor()
    {
        OnLinux();
        var before = Belongings.Take();
        using var pipe = new AnonymousPipeServerStream();

        var left = await Assert.ThrowsAsync<LeftoversException>(async () => await LeftoverCheck.VerifyAsync(before, Soon));

        Assert.Equal(2, left.Left.Count);
        Assert.All(left.Left, line => Assert.Matches(@"descriptor \d+ -> pipe:\[\d+\]", line));
    }

    [Fact]
    public async Task A_temporary_folder_is_named()
    {
        var before = Belongings.Take();
        using var folder = new TemporaryFolder();

        var left = await Assert.ThrowsAsync<LeftoversException>(async () => await LeftoverCheck.VerifyAsync(before, Soon));

        Assert.Equal($"temporary file or folder {folder.Path}", Assert.Single(left.Left));
    }

    [Fact]
    public async Task What_is_released_a_moment_later_is_waited_for()
    {
        var before = Belongings.Take();
        var folder = new TemporaryFolder();
        var pipe = new AnonymousPipeServerStream();

        var verified = LeftoverCheck.VerifyAsync(before).AsTask();
        Assert.False(verified.IsCompleted);
        folder.Dispose();
        await pipe.DisposeAsync();

        await verified;
    }

    [Fact]
    public async Task A_test_that_leaves_something_fails()
    {
        var outcome = await DeliberateTests.RunAsync(typeof(LeavingTests), nameof(LeavingTests.Leaves_a_folder));

        Assert.Contains("Failed: 1", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("The test left behind:", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_test_class_disposes_is_not_left()
    {
        var outcome = await DeliberateTests.RunAsync(typeof(LeavingTests.Cleaning), nameof(LeavingTests.Cleaning.Leaves_nothing));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Total: 1", outcome.Output, StringComparison.Ordinal);
    }

    private static void OnLinux() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes and descriptors are checked where there is /proc.");
}
