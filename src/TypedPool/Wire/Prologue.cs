using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TypedPool.Wire;

/// <summary>The line with which a worker opens its stream; whatever was printed before it is no message.</summary>
/// <param name="token">The token that only this worker knows.</param>
internal sealed class Prologue(string token)
{
    /// <summary>How much may be printed before a worker opens its channel.</summary>
    private const int MaxSkippedBytes = 1024 * 1024;

    private readonly byte[] _line = Encoding.ASCII.GetBytes($"\0typedpool:{token}\n");
    private readonly ArrayBufferWriter<byte> _skipped = new();

    /// <summary>Drops everything up to the end of the prologue.</summary>
    /// <param name="buffer">What was received.</param>
    /// <param name="skipped">What stood before the prologue.</param>
    /// <returns>False where the prologue has not come yet.</returns>
    /// <exception cref="ProtocolException">Too much came before the prologue.</exception>
    internal bool TrySkip(ReceiveBuffer buffer, [NotNullWhen(true)] out byte[]? skipped)
    {
        skipped = null;
        var unread = buffer.Unread;
        var at = unread.IndexOf(_line);

        // What cannot be the beginning of the prologue is put aside, so that the buffer never grows.
        var aside = at >= 0 ? at : Math.Max(0, unread.Length - _line.Length + 1);
        _skipped.Write(unread[..aside]);
        buffer.Skip(aside);
        if (_skipped.WrittenCount > MaxSkippedBytes)
        {
            throw new ProtocolException(
                $"More than {MaxSkippedBytes} bytes were printed before the worker could open its channel. Is this Python, and does a .pth file print?");
        }

        if (at < 0)
        {
            return false;
        }

        buffer.Skip(_line.Length);
        skipped = _skipped.WrittenSpan.ToArray();
        return true;
    }
}
