using System.Text.Json;

namespace TypedPool.Benchmarks.Reports;

/// <summary>Everything that a run has measured.</summary>
internal interface IReport
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The figures as a table for a person, in the form of Markdown.</summary>
    /// <returns>The table.</returns>
    string Table();

    /// <summary>Writes the raw data.</summary>
    /// <param name="file">Where to.</param>
    /// <returns>Completes when it is written.</returns>
    async Task WriteAsync(string file)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, this, GetType(), Web);
    }
}
