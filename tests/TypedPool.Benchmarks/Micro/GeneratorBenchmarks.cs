using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis.CSharp;
using TypedPool.Benchmarks.Generator;

namespace TypedPool.Benchmarks.Micro;

/// <summary>The generator over a schema that its driver has not seen, in a process that has run it before.</summary>
public class GeneratorBenchmarks
{
    private SchemaInMemory? _file;
    private CSharpCompilation? _code;

    [Params(10, 100)]
    public int Commands { get; set; }

    [GlobalSetup]
    public void MakeSchema()
    {
        _file = new SchemaInMemory(LargeSchema.Of(Commands));
        _code = CSharpCompilation.Create("Large", [GeneratorRuns.Tree(0)]);
    }

    [Benchmark]
    public object Cold() => GeneratorRuns.Driver(_file!).RunGenerators(_code!);
}
