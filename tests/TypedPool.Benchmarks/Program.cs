using TypedPool.Benchmarks;
using TypedPool.Benchmarks.Forks;
using TypedPool.Benchmarks.Generator;
using TypedPool.Benchmarks.Json;
using TypedPool.Benchmarks.Large;
using TypedPool.Benchmarks.Live;
using TypedPool.Benchmarks.Micro;
using TypedPool.Benchmarks.Peers;
using TypedPool.Benchmarks.Promises;
using TypedPool.Benchmarks.Reports;
using TypedPool.Benchmarks.Scale;
using TypedPool.Benchmarks.Workloads;

const int Misused = 2;
int[] commands = [10, 100, 820, 1_000];

if (args is [HostToKill.Subject])
{
    await HostToKill.RunAsync();
    return 0;
}

if (Arguments.Parse(args) is not { } asked)
{
    await Console.Error.WriteLineAsync(Arguments.Usage);
    return Misused;
}

if (asked.Subject == "micro")
{
    MicroBenchmarks.Run();
    return 0;
}

var machine = await Machine.ThisAsync(asked.Subject is "versus" or "python" or "fork" ? asked.Python : null);
Console.WriteLine(machine);
Console.WriteLine($"{asked.Pairs} interleaved rounds of each; a figure is the median over them.");
Console.WriteLine();

IReport report = asked.Subject switch
{
    "generator" => new GeneratorReport(machine, [.. commands.Select(new GeneratorRuns(asked.Pairs).Of)]),
    "large" => new LargeReport(machine, await LargeAsync(asked)),
    "promises" => new PromisesReport(machine, await PromiseFigures.MeasureAsync()),
    "scale" => await ScaleFigures.MeasureAsync(machine, asked.Pairs, asked.Idle),
    "pool" => new PoolReport(machine, await PoolFigures.MeasureAsync(asked.Pairs)),
    "fork" => await ForkReport.MeasureAsync(machine, asked.Pairs, asked.Python),
    "live" => await LiveFigures.MeasureAsync(machine, asked.Pairs),
    "json" => new Report(machine, await JsonAsync(new Versus(asked.Pairs))),
    "python" => new Report(machine, await PythonConversion.MeasureAsync(asked.Pairs, asked.Python ?? "python3")),
    _ => await VersusAsync(asked, machine),
};
Console.Write(report.Table());
if (asked.JsonFile is { } file)
{
    await report.WriteAsync(file);
}

return 0;

static async Task<VersusReport> VersusAsync(Arguments asked, Machine machine)
{
    var contestants = new Contestants(asked.Python ?? "python3");
    await contestants.LookAsync();
    Console.WriteLine(string.Join('\n', contestants.Versions));
    var contest = new Contest(contestants, asked.Pairs, asked.Peers);
    var results = new List<WorkloadResult>();
    foreach (var workload in Workload.All().Where(each => each.Name.Contains(asked.Only, StringComparison.Ordinal)))
    {
        Console.WriteLine($"… {workload.Name}");
        results.Add(await contest.MeasureAsync(workload));
    }

    if (asked.SvgFile is { } file && results is [var first, ..])
    {
        await File.WriteAllTextAsync(file, BarChart.Of(first));
    }

    return new VersusReport(machine, contestants.Versions, results);
}

static async Task<IReadOnlyList<PoolFigure>> LargeAsync(Arguments asked)
{
    var numPy = await NumPy.FindAsync();
    if (numPy is null)
    {
        Console.WriteLine("No Python here has NumPy: arrays are not measured.");
    }

    return await new LargeFigures(asked.Pairs, asked.Only).MeasureAsync(numPy);
}

// The longest first: by then the code has been compiled for good, which few short operations do not reach.
static async Task<IReadOnlyList<Comparison>> JsonAsync(Versus versus) =>
    [.. await new JsonComparisons(versus).OfAsync(500), .. await new JsonComparisons(versus).OfAsync(20), .. await new JsonComparisons(versus).OfAsync(1)];
