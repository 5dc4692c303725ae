using System.Globalization;

namespace TypedPool.Benchmarks;

/// <summary>What <c>versus</c> was asked for.</summary>
/// <param name="Pairs">How many pairs of rounds.</param>
/// <param name="JsonFile">Where the raw data goes, or null.</param>
internal sealed record VersusArguments(int Pairs, string? JsonFile)
{
    /// <summary>The fewest pairs from which a figure may be published.</summary>
    internal const int FewestPairs = 30;

    internal const string Usage = "usage: TypedPool.Benchmarks versus [--json FILE] [--pairs N]     N is 30 or more, by default 60";

    private const int DefaultPairs = 60;

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">Its words.</param>
    /// <returns>Null where they cannot be made sense of.</returns>
    internal static VersusArguments? Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ["versus", .. var options])
            return null;

        var parsed = new VersusArguments(DefaultPairs, null);
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
