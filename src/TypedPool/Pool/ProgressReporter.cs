using System.Text.Json;
using TypedPool.Wire;
using TypedPool.Workers;

namespace TypedPool.Pool;

/// <summary>
/// Tells a caller how far his command has come, on a thread of its own, so that his code holds up no reader: one report at
/// a time, the newest; those that came meanwhile are counted.
/// </summary>
/// <param name="progress">The caller's.</param>
internal sealed class ProgressReporter(IProgress<CommandProgress> progress) : IMessageListener
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly Lock _gate = new();
    private CommandProgress? _next;
    private Task _reporting = Task.CompletedTask;
    private bool _isReporting;

    /// <summary>Completes when all that has come is told; fails where the caller's code did.</summary>
    internal Task Reported
    {
        get
        {
            lock (_gate)
            {
                return _reporting;
            }
        }
    }

    /// <inheritdoc />
    public bool Receive(in IncomingMessage message)
    {
        if (!message.Method.SequenceEqual("$/progress"u8))
        {
            return false;
        }

        if (TryRead(message.Params) is { } came)
        {
            lock (_gate)
            {
                _next = came with { Skipped = _next is null ? 0 : _next.Skipped + 1 };
                if (!_isReporting)
                {
                    _isReporting = true;
                    _reporting = Task.Run(ReportInContext);
                }
            }
        }

        return true;
    }

    /// <returns>The report; null where it is none.</returns>
    private static CommandProgress? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var report = JsonElement.ParseValue(ref reader);
            return new CommandProgress
            {
                Value = report.GetProperty("value").GetDouble(),
                Total = report.TryGetProperty("total", out var total) ? total.GetDouble() : null,
                Message = report.TryGetProperty("message", out var message) ? message.GetString() : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private void ReportInContext()
    {
        if (_context is null)
        {
            Report();
        }
        else
        {
            ExecutionContext.Run(_context, static it => ((ProgressReporter)it!).Report(), this);
        }
    }

    /// <summary>Where the caller's code throws, this was its last report.</summary>
    private void Report()
    {
        while (TakeNext() is { } next)
        {
            progress.Report(next);
        }
    }

    private CommandProgress? TakeNext()
    {
        lock (_gate)
        {
            var next = _next;
            _next = null;
            _isReporting = next is not null;
            return next;
        }
    }
}
