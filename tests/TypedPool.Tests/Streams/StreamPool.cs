using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Tests.Live;

namespace TypedPool.Tests.Streams;

/// <summary>Streams without generated code: the arguments are any object, an item is whatever the test reads.</summary>
internal static class StreamPool
{
    internal static Task<LivePool> StartAsync(Action<PythonPoolOptions>? configure = null, string module = "stream_commands") =>
        LivePool.StartAsync(configure, module);

    /// <summary>How many workers have no call.</summary>
    internal static int Free(this LivePool pool) => pool.Pool.GetStatus().Workers.Count(worker => worker.State == WorkerState.Free);

    internal static IAsyncEnumerable<int> CountAsync(this LivePool pool, int to) => pool.StreamAsync("count", new { to });

    internal static IAsyncEnumerable<int> StreamAsync(
        this LivePool pool, string command, object? arguments = null, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        pool.StreamAsync(command, JsonRead.Int32, arguments, options, cancellationToken);

    internal static IAsyncEnumerable<T> StreamAsync<T>(
        this LivePool pool,
        string command,
        JsonReader<T> read,
        object? arguments = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var descriptor = new PythonCommand<object, T>(command, (writer, value) => JsonSerializer.Serialize(writer, value), read);
        return pool.Pool.StreamAsync(descriptor, arguments ?? new { folder = pool.PathOf(".") }, options, cancellationToken);
    }

    /// <summary>Reads a stream to its failure.</summary>
    /// <returns>The items before it, and the failure.</returns>
    internal static async Task<(List<T> Items, TException Failure)> FailsAsync<T, TException>(this IAsyncEnumerable<T> stream)
        where TException : Exception
    {
        var items = new List<T>();
        var failure = await Xunit.Assert.ThrowsAnyAsync<TException>(async () =>
        {
            await foreach (var item in stream)
            {
                items.Add(item);
            }
        });
        return (items, failure);
    }
}
