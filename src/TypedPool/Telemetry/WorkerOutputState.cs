using System.Collections;

namespace TypedPool.Telemetry;

/// <summary>What a worker said as a logger takes it: the fields, and the text.</summary>
/// <param name="worker">The worker's id.</param>
/// <param name="output">What it said.</param>
internal sealed class WorkerOutputState(string worker, WorkerOutput output) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _fields = [.. Fields(worker, output)];

    /// <inheritdoc />
    public int Count => _fields.Count;

    /// <inheritdoc />
    public KeyValuePair<string, object?> this[int index] => _fields[index];

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override string ToString() => output.Logger is null ? $"[{worker}] {output.Text}" : output.Whole;

    /// <summary>A record's own fields come after ours, and none in the place of ours.</summary>
    private static IEnumerable<KeyValuePair<string, object?>> Fields(string worker, WorkerOutput output)
    {
        List<KeyValuePair<string, object?>> ours = [new("Worker", worker)];
        Add("Line", output.Logger is null ? output.Text : null);
        Add("Message", output.Logger is null ? null : output.Text);
        Add("Exception", output.Exception.Length == 0 ? null : output.Exception);
        Add("Logger", output.Logger);
        Add("Stream", output.Stream);
        Add("Call", output.Call);
        Add("Command", output.Command);
        Add("Session", output.Session);
        return ours
            .Concat(output.Fields.Where(field => !ours.Exists(own => string.Equals(own.Key, field.Key, StringComparison.Ordinal))))
            .Append(new("{OriginalFormat}", Format(output)));

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                ours.Add(new(name, value));
            }
        }
    }

    private static string Format(WorkerOutput output) =>
        output.Logger is null ? "[{Worker}] {Line}"
        : output.Exception.Length == 0 ? "{Message}"
        : "{Message}\n{Exception}";
}
