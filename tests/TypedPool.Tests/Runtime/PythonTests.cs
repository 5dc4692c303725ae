using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using TypedPool.Testing;
using TypedPool.Workers.Processes;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>Which Python is run.</summary>
public sealed class PythonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_asked_for_is_not_replaced_by_something_else()
    {
        var options = new PythonPoolOptions { PythonPath = Path.Combine(_folder.Path, "no-python") };

        var exception = await Assert.ThrowsAsync<WorkerStartException>(() => FindAsync(options, ("PATH", Environment.GetEnvironmentVariable("PATH")!)));

        Assert.Contains("no-python", exception.Message, StringComparison.Ordinal);
        Assert.Contains("PythonPath", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_active_virtual_environment_comes_before_the_variable_and_the_path()
    {
        var environment = _folder.Path;
        await MakeVirtualEnvironmentAsync(Python.Default.Path, environment);

        var found = await FindAsync(new PythonPoolOptions(), ("VIRTUAL_ENV", environment), ("TYPEDPOOL_PYTHON", "/no/such"), ("PATH", "/no/such"));

        Assert.StartsWith(environment, found.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_virtual_environment_beside_a_search_path_is_found()
    {
        await MakeVirtualEnvironmentAsync(Python.Default.Path, Path.Combine(_folder.Path, ".venv"));

        var found = await FindAsync(new PythonPoolOptions { SearchPaths = { _folder.Path } }, ("PATH", "/no/such"));

        Assert.StartsWith(_folder.Path, found.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_variable_comes_before_the_path()
    {
        var fake = Script("echo 3.12.5; echo /from/variable");

        Assert.Equal("/from/variable", (await FindAsync(new PythonPoolOptions(), ("TYPEDPOOL_PYTHON", fake), ("PATH", Environment.GetEnvironmentVariable("PATH")!))).Path);
    }

    [Fact]
    public async Task A_Python_that_is_too_old_is_passed_over_for_the_next()
    {
        Script("echo 3.8.18; echo /too/old", "python3");
        Script("echo 3.9.0; echo /just/right", "python");

        var found = await FindAsync(new PythonPoolOptions(), ("PATH", _folder.Path));

        Assert.Equal("/just/right", found.Path);
    }

    [Fact]
    public async Task Whatever_does_not_answer_in_time_is_passed_over_for_the_next()
    {
        Script("exec sleep 600", "python3");
        Script("echo 3.9.0; echo /just/right", "python");
        var time = new FakeTimeProvider();
        var finding = FindAsync(new PythonPoolOptions { TimeProvider = time }, ("PATH", _folder.Path));
        time.Advance(PythonPoolDefaults.StartTimeout);

        Assert.Equal("/just/right", (await finding).Path);
    }

    [Fact]
    public async Task A_question_that_is_given_up_ends_with_the_token_of_who_gave_it_up()
    {
        var fake = Script("exec sleep 600");
        using var cancellation = new CancellationTokenSource();
        var finding = new PythonFinder(new PythonPoolOptions { PythonPath = fake }, _ => null).FindAsync(cancellation.Token);

        await cancellation.CancelAsync();

        Assert.Equal(cancellation.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding)).CancellationToken);
    }

    [Fact]
    public async Task Where_there_is_none_all_that_was_tried_is_told()
    {
        Script("echo 3.8.18; echo /too/old", "python3");
        Script("echo 'Traceback: it is broken' >&2; exit 3", "python");

        var exception = await Assert.ThrowsAsync<WorkerStartException>(
            () => FindAsync(new PythonPoolOptions(), ("TYPEDPOOL_PYTHON", "/no/such/python"), ("PATH", _folder.Path)));

        Assert.Contains("/no/such/python", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Python 3.8.18 is too old", exception.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("it is broken", exception.Message, StringComparison.Ordinal);
        Assert.Contains("TYPEDPOOL_PYTHON", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_path_holds_none_that_is_told() =>
        Assert.Contains(
            "no python3 or python on the PATH",
            (await Assert.ThrowsAsync<WorkerStartException>(() => FindAsync(new PythonPoolOptions(), ("PATH", _folder.Path)))).Message,
            StringComparison.Ordinal);

    internal static async Task MakeVirtualEnvironmentAsync(string python, string folder, string? pth = null)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-m", "venv", "--without-pip", folder]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        if (pth is not null)
        {
            var packages = Directory.GetDirectories(folder, "site-packages", SearchOption.AllDirectories)[0];
            await File.WriteAllTextAsync(Path.Combine(packages, "printing.pth"), pth);
        }
    }

    private static Task<PythonExecutable> FindAsync(PythonPoolOptions options, params (string Name, string Value)[] environment) =>
        new PythonFinder(options, name => environment.FirstOrDefault(variable => variable.Name == name).Value).FindAsync(CancellationToken.None);

    private string Script(string body, string name = "fake-python")
    {
        var path = _folder.Write(name, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
