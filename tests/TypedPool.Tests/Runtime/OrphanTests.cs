using System.Diagnostics;
using System.Globalization;
using TypedPool.Testing;
using TypedPool.Testing.Processes;
using Xunit;

namespace TypedPool.Tests.Runtime;

/// <summary>However a host ends, its workers and the processes that these started end with it.</summary>
public sealed class OrphanTests
{
    [Theory]
    [InlineData("touch_and_wait", "wait", "KILL")]
    [InlineData("touch_and_wait", "wait", "TERM")]
    [InlineData("touch_and_wait", "exit", null)]
    [InlineData("touch_and_wait", "throw", null)]
    [InlineData("spin_after", "wait", "KILL")]
    [InlineData("sleep_in_c_holding_the_lock", "wait", "KILL")]
    [InlineData("sleep_in_c_holding_the_lock", "exit", null)]
    public Task Nothing_outlives_a_host(string command, string end, string? signal) => EndAsync(PoolLaunch.Spawn, command, end, signal);

    [Theory]
    [InlineData("touch_and_wait", "wait", "KILL")]
    [InlineData("touch_and_wait", "exit", null)]
    [InlineData("sleep_in_c_holding_the_lock", "wait", "KILL")]
    public Task Nothing_outlives_a_host_that_has_its_workers_forked(string command, string end, string? signal) =>
        EndAsync(PoolLaunch.ForkServer, command, end, signal);

    private static async Task EndAsync(PoolLaunch launch, string command, string end, string? signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Lifelines are made on Linux only.");
        using var host = Process.Start(new ProcessStartInfo("dotnet", [HostProgram(), Folder(), command, end, $"{launch}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var output = host.StandardOutput;
        using var error = host.StandardError;
        var line = await output.ReadLineAsync() ?? throw new InvalidOperationException($"The host printed no ids: {await error.ReadToEndAsync()}");
        var processes = line.Split(' ').Select(id => Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(launch == PoolLaunch.ForkServer ? 4 : 3, processes.Count);

        if (signal is not null)
        {
            Assert.Equal(0, (await CommandLine.RunAsync("kill", [$"-{signal}", $"{host.Id}"])).ExitCode);
        }

        await host.WaitForExitAsync();
        foreach (var process in processes)
        {
            await ProcessEnd.WaitAsync(process);
            process.Dispose();
        }
    }

    private static string Folder() => Path.Combine(AppContext.BaseDirectory, "python");

    /// <summary>Built beside this assembly, in the same configuration.</summary>
    private static string HostProgram() => Path.Combine(
        AppContext.BaseDirectory.Replace("TypedPool.Tests", "TypedPool.Testing.Host", StringComparison.Ordinal), "TypedPool.Testing.Host.dll");
}
