using System.Globalization;

namespace TypedPool.Benchmarks;

/// <summary>What was asked for.</summary>
/// <param name="Subject">What to measure.</param>
/// <param name="Pairs">How many pairs of rounds.</param>
/// <param name="JsonFile">Where the raw data goes, or null.</param>
internal sealed record Arguments(string Subject, int Pairs, string? JsonFile)
{
    /// <summary>The fewest pairs from which a figure may be published.</summary>
    internal const int FewestPairs = 30;

    internal const string Usage = "usage: TypedPool.Benchmarks versus|pool|generator|json [--json FILE] [--pairs N]     N is 30 or more, by default 60";

    private const int DefaultPairs = 60;

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">Its words.</param>
    /// <returns>Null where they cannot be made sense of.</returns>
    internal static Arguments? Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ["versus" or "pool" or "generator" or "json", .. var options])
            return null;

        var parsed = new Arguments(arguments[0], DefaultPairs, null);
        for (; options.Length > 0; options = options[2..])
        {
            switch (options)
            {
                case ["--json", { Length: > 0 } file, ..]:
                    parsed = parsed with { JsonFile = file };
                    break;
                case ["--pairs", var text, ..] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pairs) && pairs >= FewestPairs:
                    parsed = parsed with { Pairs = pairs };
                    break;
                default:
                    return null;
            }
        }

        return parsed;
    }
}
