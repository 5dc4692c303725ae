using TypedPool.Benchmarks;
using TypedPool.Benchmarks.Reports;

const int Misused = 2;
int[] payloads = [64, 1_000, 10_000];

if (VersusArguments.Parse(args) is not { } asked)
{
    await Console.Error.WriteLineAsync(VersusArguments.Usage);
    return Misused;
}

var machine = await Machine.ThisAsync();
Console.WriteLine(machine);
Console.WriteLine($"{asked.Pairs} interleaved pairs of rounds; a ratio is the median over the pairs.");
Console.WriteLine();

var versus = new Versus(asked.Pairs);
var comparisons = new List<Comparison>();
foreach (var payload in payloads)
{
    comparisons.Add(await versus.EchoAsync(payload));
}

var report = new Report(machine, comparisons);
Console.Write(report.Table());
if (asked.JsonFile is { } file)
{
    await report.WriteAsync(file);
}

return 0;
