namespace TypedPool.Tests.Architecture.Planted.Above;

/// <summary>A room that may know of the one below.</summary>
internal static class Upper
{
    internal const int Answer = 42;

    internal static Task<int> AskAsync() => Task.FromResult(Answer);

    internal static Task<int> CallAsync() => Below.Lower.AskAsync();
}
