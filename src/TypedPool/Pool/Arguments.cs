using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Pool;

/// <summary>Writes the arguments of a call, before a worker is asked for.</summary>
internal static class Arguments
{
    /// <summary>Begins a request and writes its arguments.</summary>
    /// <typeparam name="TRequest">The arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="buffer">Where to write.</param>
    /// <param name="command">The command.</param>
    /// <param name="request">Its arguments.</param>
    /// <exception cref="InvalidArgumentsException">They cannot travel.</exception>
    internal static void Write<TRequest, TResult>(RequestBuffer buffer, PythonCommand<TRequest, TResult> command, TRequest request)
    {
        var writer = buffer.Begin(command.EncodedName);
        try
        {
            command.WriteParams(writer, request);
        }
        catch (JsonMismatchException mismatch)
        {
            var written = buffer.Params;
            throw CallErrors.Unwritable(mismatch, JsonPointer.At(written, written.Length));
        }
        catch (InvalidOperationException tooDeep)
        {
            throw new InvalidArgumentsException(
                $"The arguments cannot be written: {tooDeep.Message} Values may nest {Json.MaxDepth} levels deep.", tooDeep);
        }
    }
}
