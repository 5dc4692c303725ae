namespace TypedPool.Benchmarks.Contenders;

/// <summary>One way to send a payload to Python and back. Disposing of it stops it.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>What it is called in reports.</summary>
    string Name { get; }

    /// <summary>Makes it ready to be measured.</summary>
    /// <returns>Completes when it is.</returns>
    Task StartAsync();

    /// <summary>Does its operation, there and back, over and over, one after the other.</summary>
    /// <param name="times">How often. The loop is the contender's own, so that nothing between it and the clock costs anything per operation.</param>
    /// <returns>Completes after the last.</returns>
    Task RunAsync(int times);
}
