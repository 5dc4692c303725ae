using System.Net.Sockets;

namespace TypedPool.Benchmarks.Peers;

/// <summary>Where a server listens: as fast as two processes of one machine can speak HTTP, and no port has to be found.</summary>
internal sealed class UnixSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Its path.</summary>
    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"typedpool-benchmark-{Guid.NewGuid():N}.sock");

    /// <summary>Waits until a server listens.</summary>
    /// <returns>Completes when one does.</returns>
    internal async Task ListensAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var stream = await ConnectAsync(deadline.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, TimeProvider.System, deadline.Token);
            }
        }
    }

    /// <summary>What HTTP goes through.</summary>
    /// <returns>A handler of its own.</returns>
    internal SocketsHttpHandler Handler() => new() { ConnectCallback = async (_, cancellationToken) => await ConnectAsync(cancellationToken) };

    public void Dispose() => File.Delete(Path);

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
