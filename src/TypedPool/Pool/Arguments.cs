using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Pool;

/// <summary>Writes the arguments of a call, before a worker is asked for.</summary>
internal static class Arguments
{
    /// <summary>Writes a request, but for what depends on a worker.</summary>
    /// <typeparam name="TRequest">The arguments.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="buffer">Where to write.</param>
    /// <param name="command">The command.</param>
    /// <param name="request">Its arguments.</param>
    /// <param name="attaches">Whether bytes and numbers go beside the request.</param>
    /// <param name="session">The session, or null.</param>
    /// <param name="traceparent">Where in its trace the call is, or null.</param>
    /// <param name="progress">Whether the caller wants to know how far the command has come.</param>
    /// <param name="credit">How many items of its result are asked for at first; zero where the result is to come in one.</param>
    /// <param name="streams">Takes the streams among them; null where there can be none.</param>
    /// <exception cref="InvalidArgumentsException">They cannot travel.</exception>
    internal static void Write<TRequest, TResult>(
        RequestBuffer buffer,
        PythonCommand<TRequest, TResult> command,
        TRequest request,
        bool attaches,
        string? session,
        string? traceparent,
        bool progress = false,
        int credit = 0,
        OutgoingStreams? streams = null)
    {
        var writer = buffer.Begin(command.EncodedName);
        buffer.AnswerAttaches = command.ReadsAttachments;
        buffer.IsReadPromptly = command.ReadsPromptly;
        var attachments = attaches ? new OutgoingAttachments() : null;
        try
        {
            if (streams is not null)
            {
                streams.Collect(() => Write(command.WriteParams, writer, request, attachments));
            }
            else
            {
                Write(command.WriteParams, writer, request, attachments);
            }
        }
        catch (JsonMismatchException mismatch)
        {
            attachments?.Dispose();
            var written = buffer.Params;
            throw CallErrors.Unwritable(mismatch, JsonPointer.At(written, written.Length));
        }
        catch (InvalidOperationException tooDeep)
        {
            attachments?.Dispose();
            throw new InvalidArgumentsException(
                $"The arguments cannot be written: {tooDeep.Message} Values may nest {Json.MaxDepth} levels deep.", tooDeep);
        }

        if (attachments is null)
        {
            buffer.End(session, traceparent, progress, credit);
        }
        else
        {
            buffer.End(session, traceparent, progress, credit, attachments.Items, attachments);
        }
    }

    private static void Write<TRequest>(JsonWriter<TRequest> write, Utf8JsonWriter writer, TRequest request, OutgoingAttachments? attachments)
    {
        if (attachments is null)
        {
            write(writer, request);
        }
        else
        {
            attachments.Collect(write, writer, request);
        }
    }
}
