using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TypedPool.Generators.Collections;

namespace TypedPool.Generators;

/// <summary>
/// Finds which files a JSON file may refer to, without parsing it: only these are followed, so that an edit of any other
/// file of the project reads nothing again.
/// </summary>
internal static class ExternalReferences
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly Regex Reference = new(
        @"""\$ref""\s*:\s*""(?<address>[^""#\r\n]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Longest);

    /// <summary>The addresses in front of "#", each once, in ordinal order; none of a file that cannot be read.</summary>
    public static EquatableArray<string> In(AdditionalText file, CancellationToken cancellationToken)
    {
        try
        {
            return file.GetText(cancellationToken) is { } text
                ? new(Reference.Matches(text.ToString()).Cast<Match>()
                    .Select(match => match.Groups["address"].Value.Replace("\\/", "/").Replace("\\\\", "/"))
                    .Distinct(StringComparer.Ordinal)
                    .OrderBy(address => address, StringComparer.Ordinal))
                : default;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever is wrong with the file is told where it is read.
            return default;
        }
    }
}
