using TypedPool.Serialization;

namespace TypedPool.Benchmarks.Promises;

/// <summary>Pools over the commands of these benchmarks, and these commands.</summary>
internal static class PromisePools
{
    internal static PythonCommand<NoResult, NoResult> Hold { get; } = WithoutArguments("hold");

    internal static PythonCommand<NoResult, NoResult> HoldTheLock { get; } = WithoutArguments("hold_the_lock");

    internal static PythonCommand<NoResult, NoResult> RefuseToEnd { get; } = WithoutArguments("refuse_to_end");

    /// <summary>Starts a pool.</summary>
    /// <param name="size">How many workers it has.</param>
    /// <param name="overflow">How many more it may have.</param>
    /// <returns>The pool.</returns>
    internal static Task<PythonPool> StartAsync(int size, int overflow = 0) => PythonPool.StartAsync(new PythonPoolOptions
    {
        Module = "promise_benchmarks",
        SearchPaths = { "python" },
        Size = size,
        Overflow = overflow,
    });

    private static PythonCommand<NoResult, NoResult> WithoutArguments(string name) => new(
        name,
        static (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        },
        static (ref System.Text.Json.Utf8JsonReader _) => default);
}
