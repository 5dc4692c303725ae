namespace TypedPool.Workers.Processes;

/// <summary>
/// Tells the numeric libraries how many threads to use. Left alone each of them takes a thread for every processor, in
/// every worker at once.
/// </summary>
internal static class ThreadVariables
{
    private static readonly string[] Names =
    [
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "RAYON_NUM_THREADS",
        "POLARS_MAX_THREADS",
    ];

    /// <summary>Adds the variables, except those that the host has or the user has spoken of, be it to remove them.</summary>
    /// <param name="environment">The environment of a worker, the host's and the user's variables in it already.</param>
    /// <param name="options">The pool's options.</param>
    internal static void AddTo(IDictionary<string, string?> environment, PythonPoolOptions options)
    {
        var threads = options.ThreadsPerWorker ?? Math.Max(1, Environment.ProcessorCount / options.Size);
        var value = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var name in Names)
        {
            if (!options.Environment.ContainsKey(name))
            {
                environment.TryAdd(name, value);
            }
        }
    }
}
