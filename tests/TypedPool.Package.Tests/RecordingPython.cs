using TypedPool.Testing;

namespace TypedPool.PackageTests;

/// <summary>A Python that writes down how it is started, and is the first on the PATH.</summary>
internal sealed class RecordingPython
{
    private readonly TemporaryFolder _folder;

    public RecordingPython(TemporaryFolder folder)
    {
        _folder = folder;
        var python = Python.Default.Path;
        foreach (var name in OperatingSystem.IsWindows() ? ["python.cmd"] : (string[])["python3", "python"])
        {
            var script = folder.Write(
                $"recording/{name}",
                OperatingSystem.IsWindows()
                    ? $"@echo %* >> \"{Log}\"\r\n@\"{python}\" %*\r\n"
                    : $"#!/bin/sh\necho \"$@\" >> '{Log}'\nexec '{python}' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The PATH on which it is found.</summary>
    public string SearchPath => _folder["recording"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

    private string Log => _folder["recording/starts.log"];

    /// <summary>The command lines since the last question, without those that only ask for the version.</summary>
    public string[] TakeRuns()
    {
        var lines = TakeStarts();
        return [.. lines.Where(line => !line.StartsWith("-c ", StringComparison.Ordinal))];
    }

    /// <summary>All command lines since the last question.</summary>
    public string[] TakeStarts()
    {
        var lines = File.Exists(Log) ? File.ReadAllLines(Log) : [];
        File.Delete(Log);
        return lines;
    }
}
