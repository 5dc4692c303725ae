using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Tests.Live;

namespace TypedPool.Tests.Streams;

/// <summary>A command that takes a stream of numbers, and other arguments.</summary>
internal static class NumbersCommand
{
    internal static PythonCommand<(IAsyncEnumerable<int> Numbers, object Others), T> Of<T>(string command, JsonReader<T> read, bool isIdempotent = false) => new(
        command,
        static (writer, value) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("numbers");
            JsonWrite.Stream(writer, value.Numbers, "numbers", JsonWrite.Int32);
            foreach (var member in JsonSerializer.SerializeToElement(value.Others).EnumerateObject())
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        },
        read)
    {
        Streams = true,
        IsIdempotent = isIdempotent,
    };

    internal static Task<int> SendAsync(
        this LivePool pool,
        string command,
        IAsyncEnumerable<int> numbers,
        object? others = null,
        CallOptions? options = null,
        bool isIdempotent = false,
        CancellationToken cancellationToken = default) =>
        pool.Pool.InvokeAsync(Of(command, JsonRead.Int32, isIdempotent), (numbers, others ?? new { }), options, cancellationToken);

    internal static Task<T> SendAsync<T>(this LivePool pool, string command, IAsyncEnumerable<int> numbers, JsonReader<T> read) =>
        pool.Pool.InvokeAsync(Of(command, read), (numbers, new { }));
}
