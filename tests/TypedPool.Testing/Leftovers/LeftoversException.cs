namespace TypedPool.Testing.Leftovers;

/// <summary>A test left something behind.</summary>
/// <param name="left">One line for each thing.</param>
internal sealed class LeftoversException(IReadOnlyList<string> left)
    : Exception($"The test left behind:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", left)}")
{
    public IReadOnlyList<string> Left { get; } = left;
}
