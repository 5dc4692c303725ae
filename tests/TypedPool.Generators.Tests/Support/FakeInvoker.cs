using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Generators.Tests.Support;

/// <summary>Stands for a pool: writes the arguments, and reads a result that the test gives.</summary>
internal sealed class FakeInvoker(string result = "null", string? contract = null) : IPythonInvoker
{
    public string? Contract { get; } = contract;

    /// <summary>The command that was called last.</summary>
    public string? Command { get; private set; }

    /// <summary>Its arguments as JSON.</summary>
    public string? Arguments { get; private set; }

    public CallOptions? Options { get; private set; }

    public CancellationToken CancellationToken { get; private set; }

    public bool IsIdempotent { get; private set; }

    /// <summary>Where the value stands that was refused last, in the arguments or in the result: the pool tells the same.</summary>
    public string? RefusedAt { get; private set; }

    public IReadOnlyList<DeclaredError> Errors { get; private set; } = [];

    public async IAsyncEnumerable<TItem> StreamAsync<TRequest, TItem>(
        PythonCommand<TRequest, TItem> command,
        TRequest request,
        CallOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return await InvokeAsync(command, request, options, cancellationToken);
    }

    public Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command,
        TRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            try
            {
                command.WriteParams(writer, request);
            }
            catch (JsonMismatchException)
            {
                writer.Flush();
                RefusedAt = JsonPointer.At(buffer.WrittenSpan, buffer.WrittenCount);
                throw;
            }
        }

        (Command, Arguments, Options, CancellationToken) = (command.Name, Encoding.UTF8.GetString(buffer.WrittenSpan), options, cancellationToken);
        (IsIdempotent, Errors) = (command.IsIdempotent, command.Errors);
        return Task.FromResult(Read(command));
    }

    private TResult Read<TRequest, TResult>(PythonCommand<TRequest, TResult> command)
    {
        var bytes = Encoding.UTF8.GetBytes(result);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        try
        {
            var value = command.ReadResult(ref reader);
            Assert.False(reader.Read(), "The reader must be left on the value's last token.");
            return value;
        }
        catch (JsonMismatchException mismatch)
        {
            RefusedAt = JsonPointer.At(bytes, mismatch.Offset ?? bytes.Length);
            throw;
        }
    }
}
