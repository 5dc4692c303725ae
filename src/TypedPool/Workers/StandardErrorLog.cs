using System.Text;
using Microsoft.Extensions.Logging;
using TypedPool.Telemetry;

namespace TypedPool.Workers;

/// <summary>
/// Drains a worker's standard error for its whole life, so that the worker never waits for it, logs it line by line,
/// and keeps the last lines for the exception that may follow.
/// </summary>
internal sealed class StandardErrorLog
{
    private const int KeptLines = 40;
    private const int LongestLine = 4 * 1024;
    private const int ReadBytes = 16 * 1024;

    private readonly Queue<string> _tail = new();
    private readonly StringBuilder _line = new();
    private readonly ILogger _logger;
    private readonly string _workerId;

    internal StandardErrorLog(Stream stream, string workerId, ILogger logger, CancellationToken closing)
    {
        _logger = logger;
        _workerId = workerId;
        Drained = Task.Run(() => DrainAsync(stream, closing), CancellationToken.None);
    }

    /// <summary>Completes at the stream's end.</summary>
    internal Task Drained { get; }

    /// <summary>The last lines.</summary>
    internal string Tail
    {
        get
        {
            lock (_tail)
            {
                return string.Join('\n', _tail);
            }
        }
    }

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
        if (line.Length == 0)
        {
            return;
        }

        lock (_tail)
        {
            if (_tail.Count == KeptLines)
            {
                _tail.Dequeue();
            }

            _tail.Enqueue(line);
        }

        _logger.WorkerPrinted(_workerId, line);
    }
}
