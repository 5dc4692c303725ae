namespace TypedPool.Benchmarks.Peers;

/// <summary>
/// One way for a .NET program to have something done in Python. Each operation is there and back, checks what came
/// back, and is null where this way has none. Disposing of it stops it.
/// </summary>
internal interface IPeer : IAsyncDisposable
{
    /// <summary>What it is called in reports.</summary>
    string Name { get; }

    /// <summary>Whether several callers may call at once.</summary>
    bool TakesSeveralCallers => true;

    /// <summary>Starts it, from nothing.</summary>
    /// <param name="workers">How many processes do the work.</param>
    /// <returns>Completes when each of them can be called.</returns>
    Task StartAsync(int workers);

    /// <summary>Sends a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The operation; asked for once by each caller.</returns>
    Func<Task>? Echo(string text) => null;

    /// <summary>Has primes counted.</summary>
    /// <param name="below">Where to stop.</param>
    /// <returns>The operation.</returns>
    Func<Task>? Primes(int below) => null;

    /// <summary>Sends numbers.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <returns>The operation.</returns>
    Func<Task>? Floats(double[] numbers) => null;

    /// <summary>Sends bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <returns>The operation.</returns>
    Func<Task>? Bytes(byte[] data) => null;

    /// <summary>Receives numbers as a stream, one after the other.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The operation: a whole stream.</returns>
    Func<Task>? Numbers(int count) => null;
}
