using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TypedPool.Benchmarks.Micro;

/// <summary>The parts that a call is made of, each by itself and in memory, under BenchmarkDotNet.</summary>
internal static class MicroBenchmarks
{
    /// <summary>Measures them all, and prints a table.</summary>
    internal static void Run()
    {
        // In this process: a project that is generated for the purpose would not build under the settings of this repository.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Statistics, DefaultColumnProviders.Metrics)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(BenchmarkDotNet.Exporters.MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default);
        BenchmarkRunner.Run(
            [
                BenchmarkConverter.TypeToBenchmarks(typeof(CheckoutBenchmarks), config),
                BenchmarkConverter.TypeToBenchmarks(typeof(FramingBenchmarks), config),
                BenchmarkConverter.TypeToBenchmarks(typeof(JsonBenchmarks), config),
                BenchmarkConverter.TypeToBenchmarks(typeof(GeneratorBenchmarks), config),
            ]);
    }
}
