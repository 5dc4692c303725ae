using TypedPool.Tests.Architecture.Planted.Above;

namespace TypedPool.Tests.Architecture.Planted.Below;

/// <summary>A room that must not know of the one above, and does, where it is hard to see: in the body of an async lambda.</summary>
internal static class Lower
{
    internal static async Task<int> AskAsync()
    {
        var ask = async () => await Upper.AskAsync();
        return await ask();
    }
}
