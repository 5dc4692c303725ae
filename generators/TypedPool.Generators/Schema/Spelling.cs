namespace TypedPool.Generators.Schema;

/// <summary>Finds what somebody may have meant.</summary>
internal static class Spelling
{
    private const int LongestWord = 64;

    /// <summary>The most similar candidate, if any is similar at all; the ordinally first of equals.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) => Nearest(word, candidates, 1 + (word.Length / 4));

    /// <summary>The candidate that a word surely is meant to be: no more than every third character differs, and no more than two.</summary>
    public static string? Misspelt(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates, Math.Min(2, word.Length / 3));

    private static string? Nearest(string word, IEnumerable<string> candidates, int limit) =>
        word.Length > LongestWord ? null : candidates
            .Where(candidate => Math.Abs(candidate.Length - word.Length) <= limit)
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    /// <summary>Levenshtein's distance, upper and lower case being alike (V. I. Levenshtein, 1966).</summary>
    private static int Distance(string from, string to)
    {
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var current = new int[to.Length + 1];
            current[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]);
                current[j] = Math.Min(
                    Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            previous = current;
        }

        return previous[to.Length];
    }
}
