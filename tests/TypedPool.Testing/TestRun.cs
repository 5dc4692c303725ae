namespace TypedPool.Testing;

/// <summary>
/// What sets this run of a test assembly apart from others on the machine: a mark that every process started by it
/// inherits, and a temporary folder of its own, so that assemblies tested at the same time do not see each other's files.
/// </summary>
internal static class TestRun
{
    /// <summary>The environment variable that carries the mark.</summary>
    public const string MarkVariable = "TYPEDPOOL_TEST_RUN";

    private static readonly string TemporaryVariable = OperatingSystem.IsWindows() ? "TEMP" : "TMPDIR";
    private static readonly string? OuterTemporary = Environment.GetEnvironmentVariable(TemporaryVariable);

    /// <summary>The mark, unique to this run.</summary>
    public static string Mark { get; } = $"{Environment.ProcessId}-{Guid.NewGuid():N}";

    private static string OwnTemporary { get; } = Path.Combine(Path.GetTempPath(), $"typedpool-run-{Environment.ProcessId}");

    public static void Begin()
    {
        Environment.SetEnvironmentVariable(MarkVariable, Mark);
        // Python prints its stacks when the watchdog aborts it.
        Environment.SetEnvironmentVariable("PYTHONFAULTHANDLER", "1");
        Directory.CreateDirectory(OwnTemporary);
        Environment.SetEnvironmentVariable(TemporaryVariable, OwnTemporary);
    }

    public static void End()
    {
        Environment.SetEnvironmentVariable(TemporaryVariable, OuterTemporary);
        if (Directory.Exists(OwnTemporary))
            Directory.Delete(OwnTemporary, recursive: true);
    }

    /// <summary>Does something in the machine's temporary folder, where the runtime keeps its own diagnostic socket.</summary>
    public static T InOuterTemporaryFolder<T>(Func<T> action)
    {
        var inner = Environment.GetEnvironmentVariable(TemporaryVariable);
        Environment.SetEnvironmentVariable(TemporaryVariable, OuterTemporary);
        try
        {
            return action();
        }
        finally
        {
            Environment.SetEnvironmentVariable(TemporaryVariable, inner);
        }
    }
}
