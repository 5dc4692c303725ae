namespace TypedPool.Generators.Schema;

/// <summary>Orders texts by their characters, as Python does. Ordinal order goes by UTF-16, where surrogates come before U+E000.</summary>
internal sealed class CodePointComparer : IComparer<string>
{
    public static readonly CodePointComparer Instance = new();

    private CodePointComparer()
    {
    }

    public int Compare(string? x, string? y)
    {
        x ??= "";
        y ??= "";
        for (var i = 0; i < x.Length && i < y.Length; i++)
        {
            if (x[i] != y[i])
            {
                return Rank(x[i]) - Rank(y[i]);
            }
        }

        return x.Length.CompareTo(y.Length);
    }

    private static int Rank(char c) => char.IsSurrogate(c) ? c + char.MaxValue : c;
}
