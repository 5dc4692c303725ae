using Microsoft.CodeAnalysis;
using TypedPool.Generators.Json;

namespace TypedPool.Generators;

/// <summary>What stands in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Json">Its text, compact; null where it cannot be read.</param>
/// <param name="Failure">Why reading it failed, where that is no matter of the file.</param>
internal sealed record FileContent(string Path, string? Json, string? Failure)
{
    public static FileContent Of(AdditionalText file, CancellationToken cancellationToken)
    {
        try
        {
            return new FileContent(file.Path, file.GetText(cancellationToken) is { } text ? CompactJson.Of(text.ToString()) : null, null);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new FileContent(file.Path, null, $"{error.GetType().Name}: {error.Message}");
        }
    }
}
