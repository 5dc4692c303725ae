namespace TypedPool;

/// <summary>One difference between the contract that C# was generated from and Python's, judged by Python.</summary>
/// <param name="Place">The command or type, and where in it.</param>
/// <param name="Change">What has changed, in a few words: <c>parameter removed</c>.</param>
/// <param name="Old">What C# knows, in short; empty where there is nothing to show.</param>
/// <param name="New">What Python has, in short; empty where there is nothing to show.</param>
/// <param name="IsBreaking">Whether it can make a call fail, or mean something else.</param>
/// <param name="Reason">Why it does or does not.</param>
public sealed record ContractDifference(string Place, string Change, string Old, string New, bool IsBreaking, string Reason)
{
    /// <summary>The difference on one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var shown = Old.Length > 0 && New.Length > 0 ? $" {Old} → {New}" : Old.Length + New.Length > 0 ? $" {Old}{New}" : "";
        return $"{(IsBreaking ? "breaking" : "compatible")}: {Place}: {Change}{shown} ({Reason})";
    }
}
