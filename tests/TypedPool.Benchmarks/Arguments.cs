using System.Globalization;

namespace TypedPool.Benchmarks;

/// <summary>What was asked for.</summary>
/// <param name="Subject">What to measure.</param>
/// <param name="Pairs">How many pairs of rounds.</param>
/// <param name="JsonFile">Where the raw data goes, or null.</param>
internal sealed record Arguments(string Subject, int Pairs, string? JsonFile)
{
    /// <summary>Debian's own, for which it packages the peers.</summary>
    private const string DebianPython = "/usr/bin/python3";

    /// <summary>The fewest pairs from which a figure may be published.</summary>
    internal const int FewestPairs = 30;

    internal const string Usage = "usage: TypedPool.Benchmarks versus|promises|scale|pool|fork|live|large|generator|json|python [--json FILE] [--pairs N]     N is 30 or more, by default 60\n"
        + "       TypedPool.Benchmarks micro\n"
        + "       scale has more: [--idle SECONDS], how long nothing is to happen, by default 60\n"
        + "       fork has more: [--python PATH]\n"
        + "       versus and large have more: [--only PART OF A WORKLOAD'S NAME]; and versus: [--peers NAME;NAME] [--svg FILE] [--python PATH]";

    /// <summary>What the name of a workload must contain to be measured.</summary>
    internal string Only { get; private init; } = "";

    /// <summary>The names of the contenders that take part, divided by semicolons; empty for all.</summary>
    internal string Peers { get; private init; } = "";

    /// <summary>Where the picture of the first workload goes, or null.</summary>
    internal string? SvgFile { get; private init; }

    /// <summary>The Python that all peers run; null for the one that a pool finds.</summary>
    internal string? Python { get; private init; } = File.Exists(DebianPython) ? DebianPython : null;

    private const int DefaultPairs = 60;

    /// <summary>How long nothing happens in <c>scale</c>.</summary>
    internal TimeSpan Idle { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">Its words.</param>
    /// <returns>Null where they cannot be made sense of.</returns>
    internal static Arguments? Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments is not ["versus" or "promises" or "scale" or "pool" or "fork" or "live" or "large" or "generator" or "json" or "python" or "micro", .. var options])
            return null;

        var parsed = new Arguments(arguments[0], DefaultPairs, null);
        for (; options.Length > 0; options = options[2..])
        {
            switch (options)
            {
                case ["--json", { Length: > 0 } file, ..]:
                    parsed = parsed with { JsonFile = file };
                    break;
                case ["--only", { Length: > 0 } only, ..]:
                    parsed = parsed with { Only = only };
                    break;
                case ["--peers", { Length: > 0 } peers, ..]:
                    parsed = parsed with { Peers = peers };
                    break;
                case ["--svg", { Length: > 0 } file, ..]:
                    parsed = parsed with { SvgFile = file };
                    break;
                case ["--python", { Length: > 0 } path, ..]:
                    parsed = parsed with { Python = path };
                    break;
                case ["--idle", var text, ..] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds):
                    parsed = parsed with { Idle = TimeSpan.FromSeconds(seconds) };
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
