namespace TypedPool.Benchmarks.Peers;

/// <summary>Who is compared, and who cannot be on this machine.</summary>
/// <param name="python">The Python that all of them run.</param>
internal sealed class Contestants(string python)
{
    private const string Advice = "install it with tests/TypedPool.Benchmarks/install-peers";

    /// <summary>How many calls wait in a worker where they may: with all of 256 callers there, none waits for its turn outside.</summary>
    private const int Prefetched = 256;

    /// <summary>The limit.</summary>
    internal const string Limit = "raw pipe echo";

    /// <summary>The one that all others are compared with.</summary>
    internal const string Own = "TypedPool";

    /// <summary>Those that can run here: how each is made.</summary>
    internal IReadOnlyList<Func<IPeer>> Present { get; private set; } = [];

    /// <summary>The limit of a start, which can do nothing else.</summary>
    internal Func<IPeer> LimitOfStart { get; } = () => new BareImport(python);

    /// <summary>Those that cannot, by name, with the reason.</summary>
    internal IReadOnlyDictionary<string, string> Missing { get; private set; } = new Dictionary<string, string>();

    /// <summary>What of theirs is installed, with versions.</summary>
    internal IReadOnlyList<string> Versions { get; private set; } = [];

    /// <summary>Looks which are here.</summary>
    /// <returns>Completes when it is known.</returns>
    internal async Task LookAsync()
    {
        List<Func<IPeer>> present = [() => new RawEchoPeer(python), () => new TypedPoolPeer(python), () => new StreamJsonRpcPeer(python)];
        if (OperatingSystem.IsLinux())
        {
            present.Insert(1, () => new RawEchoPeer(python, native: true));
            present.Insert(2, () => new TypedPoolPeer(python, usesStreams: true));
            present.Insert(3, () => new TypedPoolPeer(python, prefetch: Prefetched));
        }

        var missing = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> versions = [$"StreamJsonRpc {VersionOf(typeof(StreamJsonRpc.JsonRpc))}"];
        foreach (var (line, makers) in (IEnumerable<(string, Func<IPeer>[])>)
        [
            ("import grpc, google.protobuf; print('grpcio', grpc.__version__)", [() => new GrpcPeer(python, "aio"), () => new GrpcPeer(python, "threads")]),
            ("import fastapi, uvicorn; print('FastAPI', fastapi.__version__, 'uvicorn', uvicorn.__version__)", [() => new FastApiPeer(python)]),
        ])
        {
            var (isHere, said) = await PythonScript.AskAsync(python, line);
            if (isHere)
            {
                present.AddRange(makers);
                versions.Add(said);
            }
            else
            {
                foreach (var make in makers)
                {
                    missing.Add(make().Name, $"{python} says: {said}; {Advice}");
                }
            }
        }

        versions.Add($"Grpc.Net.Client {VersionOf(typeof(Grpc.Net.Client.GrpcChannel))}");
        (Present, Missing, Versions) = (present, missing, versions);
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyInformationalVersionAttribute), inherit: false) is [System.Reflection.AssemblyInformationalVersionAttribute version]
            ? version.InformationalVersion.Split('+')[0]
            : "?";
}
