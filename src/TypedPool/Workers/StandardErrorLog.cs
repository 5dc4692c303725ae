using System.Text;
using TypedPool.Telemetry;

namespace TypedPool.Workers;

/// <summary>
/// Drains a worker's standard error for its whole life, so that the worker never waits for it, and has it logged line by
/// line: what C code prints, and what Python prints before and after it speaks over the channel.
/// </summary>
internal sealed class StandardErrorLog
{
    private const int LongestLine = 4 * 1024;
    private const int ReadBytes = 16 * 1024;

    private readonly StringBuilder _line = new();
    private readonly WorkerLog _log;

    internal StandardErrorLog(Stream stream, WorkerLog log, CancellationToken closing)
    {
        _log = log;
        Drained = Task.Run(() => DrainAsync(stream, closing), CancellationToken.None);
    }

    /// <summary>Completes at the stream's end.</summary>
    internal Task Drained { get; }

    private async Task DrainAsync(Stream stream, CancellationToken closing)
    {
        var bytes = new byte[ReadBytes];
        var decoder = Encoding.UTF8.GetDecoder();

        // One more than there are bytes: the read before may have ended inside of a character.
        var chars = new char[Encoding.UTF8.GetMaxCharCount(ReadBytes)];
        try
        {
            while (await stream.ReadAsync(bytes, closing).ConfigureAwait(false) is > 0 and var count)
            {
                Append(chars.AsSpan(0, decoder.GetChars(bytes.AsSpan(0, count), chars, flush: false)));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The worker is gone, and a process that it left behind holds the stream open.
        }

        EndLine();
    }

    private void Append(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('\n') is >= 0 and var end)
        {
            AppendToLine(text[..end]);
            EndLine();
            text = text[(end + 1)..];
        }

        AppendToLine(text);
    }

    private void AppendToLine(ReadOnlySpan<char> text)
    {
        // A line without end is cut into pieces, so that memory stays bounded.
        while (_line.Length + text.Length > LongestLine)
        {
            var fits = LongestLine - _line.Length;
            _line.Append(text[..fits]);
            text = text[fits..];
            EndLine();
        }

        _line.Append(text);
    }

    private void EndLine()
    {
        var line = _line.ToString().TrimEnd('\r');
        _line.Clear();
        if (line.Length > 0)
        {
            _log.Add(new WorkerOutput(line));
        }
    }
}
