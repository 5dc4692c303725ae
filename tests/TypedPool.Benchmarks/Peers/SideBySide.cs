namespace TypedPool.Benchmarks.Peers;

/// <summary>Several processes of a peer that has no pool of its own: each caller has one of them, in turn.</summary>
/// <param name="make">Makes a peer of one process.</param>
internal sealed class SideBySide(Func<IPeer> make) : IPeer
{
    private IPeer[] _peers = [];
    private int _next;

    public string Name { get; } = make().Name;

    public async Task StartAsync(int workers)
    {
        _peers = [.. Enumerable.Range(0, workers).Select(_ => make())];
        await Task.WhenAll(_peers.Select(peer => peer.StartAsync(1)));
    }

    public Func<Task>? Echo(string text) => Next.Echo(text);

    public Func<Task>? Primes(int below) => Next.Primes(below);

    public Func<Task>? Floats(double[] numbers) => Next.Floats(numbers);

    public Func<Task>? Bytes(byte[] data) => Next.Bytes(data);

    public Func<Task>? Numbers(int count) => Next.Numbers(count);

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }
    }

    private IPeer Next => _peers[_next++ % _peers.Length];
}
