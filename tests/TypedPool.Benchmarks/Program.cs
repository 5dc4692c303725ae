using TypedPool.Benchmarks;
using TypedPool.Benchmarks.Generator;
using TypedPool.Benchmarks.Json;
using TypedPool.Benchmarks.Reports;

const int Misused = 2;
int[] payloads = [64, 1_000, 10_000];
int[] commands = [10, 100, 1_000];

if (Arguments.Parse(args) is not { } asked)
{
    await Console.Error.WriteLineAsync(Arguments.Usage);
    return Misused;
}

var machine = await Machine.ThisAsync();
Console.WriteLine(machine);
Console.WriteLine($"{asked.Pairs} interleaved rounds of each; a figure is the median over them.");
Console.WriteLine();

IReport report = asked.Subject switch
{
    "generator" => new GeneratorReport(machine, [.. commands.Select(new GeneratorRuns(asked.Pairs).Of)]),
    "pool" => new PoolReport(machine, await PoolFigures.MeasureAsync(asked.Pairs)),
    "json" => new Report(machine, await JsonAsync(new Versus(asked.Pairs))),
    _ => new Report(machine, await new Versus(asked.Pairs).EchoesAsync(payloads)),
};
Console.Write(report.Table());
if (asked.JsonFile is { } file)
{
    await report.WriteAsync(file);
}

return 0;

// The longest first: by then the code has been compiled for good, which few short operations do not reach.
static async Task<IReadOnlyList<Comparison>> JsonAsync(Versus versus) =>
    [.. await new JsonComparisons(versus).OfAsync(500), .. await new JsonComparisons(versus).OfAsync(20), .. await new JsonComparisons(versus).OfAsync(1)];
