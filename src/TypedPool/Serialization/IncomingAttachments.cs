using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>What an answer has brought beside it. Readers have no parameter for it: it is there for the thread while it reads.</summary>
/// <param name="attachments">The attachments in the order of their numbers.</param>
internal sealed class IncomingAttachments(byte[]?[] attachments)
{
    [ThreadStatic]
    [SuppressMessage("Usage", "CA2211:Non-constant fields should not be visible", Justification = "Private, and of one thread for one value.")]
    private static IncomingAttachments? s_current;

    private bool _mayStayUnused;

    /// <summary>What the answer that this thread reads has brought; null where there is none.</summary>
    internal static IncomingAttachments? Current => s_current;

    /// <summary>Reads a value that names the attachments.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="read">Reads it.</param>
    /// <param name="reader">Where to read.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ProtocolException">The value names one that is not there, one twice, or one not at all.</exception>
    internal T Read<T>(JsonReader<T> read, ref Utf8JsonReader reader)
    {
        var outer = s_current;
        s_current = this;
        try
        {
            var value = read(ref reader);
            return _mayStayUnused || Array.TrueForAll(attachments, attachment => attachment is null)
                ? value
                : throw new ProtocolException("The worker sent an attachment that stands nowhere in the result.");
        }
        finally
        {
            s_current = outer;
        }
    }

    /// <summary>Takes an attachment: its memory belongs to the caller.</summary>
    /// <param name="index">Its number.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ProtocolException">There is none, or it has been taken.</exception>
    internal byte[] Take(int index)
    {
        var attachment = (uint)index < (uint)attachments.Length
            ? attachments[index] ?? throw new ProtocolException($"The worker named attachment {index} twice.")
            : throw new ProtocolException($"The worker named attachment {index} of {attachments.Length}.");
        attachments[index] = null;
        return attachment;
    }

    /// <summary>Says that something was skipped, in which an attachment may stand.</summary>
    internal void AllowUnused() => _mayStayUnused = true;
}
