using System.Globalization;
using System.Text.Json;
using Xunit;

namespace TypedPool.Tests.Runtime;

public sealed class ThreadsTests : IDisposable
{
    private static readonly string[] Names =
    [
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS", "POLARS_MAX_THREADS",
    ];

    private readonly Dictionary<string, string?> _before = Names.ToDictionary(name => name, Environment.GetEnvironmentVariable, StringComparer.Ordinal);

    public ThreadsTests()
    {
        foreach (var name in Names)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [Fact]
    public async Task Workers_share_the_processors_where_nothing_is_said()
    {
        await using var alone = await Pools.StartAsync(options => options.Size = 1);
        await using var many = await Pools.StartAsync(options => options.Size = Environment.ProcessorCount + 1);

        foreach (var name in Names)
        {
            Assert.Equal(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), await ReadAsync(alone, name));
            Assert.Equal("1", await ReadAsync(many, name));
        }
    }

    [Fact]
    public async Task A_number_that_is_given_counts()
    {
        await using var pool = await Pools.StartAsync(options => options.ThreadsPerWorker = 37);

        foreach (var name in Names)
        {
            Assert.Equal("37", await ReadAsync(pool, name));
        }
    }

    [Fact]
    public async Task What_the_user_or_the_host_has_said_stands()
    {
        Environment.SetEnvironmentVariable("MKL_NUM_THREADS", "11");
        await using var pool = await Pools.StartAsync(options =>
        {
            options.ThreadsPerWorker = 37;
            options.Environment["OMP_NUM_THREADS"] = "12";
            options.Environment["OPENBLAS_NUM_THREADS"] = null;
        });

        Assert.Equal("11", await ReadAsync(pool, "MKL_NUM_THREADS"));
        Assert.Equal("12", await ReadAsync(pool, "OMP_NUM_THREADS"));
        Assert.Null(await ReadAsync(pool, "OPENBLAS_NUM_THREADS"));
        Assert.Equal("37", await ReadAsync(pool, "NUMEXPR_NUM_THREADS"));
    }

    private static async Task<string?> ReadAsync(PythonPool pool, string name)
    {
        var value = await pool.CallAsync("getenv", new { name });
        return value.ValueKind == JsonValueKind.Null ? null : value.GetString();
    }
}
