using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using TypedPool.Benchmarks.Generated;
using TypedPool.Benchmarks.Json;

namespace TypedPool.Benchmarks.Micro;

/// <summary>A generated reader and a generated writer.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The cleanup does it.")]
public class JsonBenchmarks
{
    private static readonly JsonWriterOptions AsPoolsDo = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _writer;
    private byte[] _json = [];
    private Order? _order;

    [Params(1, 500)]
    public int Items { get; set; }

    [GlobalSetup]
    public void MakeOrder()
    {
        _json = JsonSerializer.SerializeToUtf8Bytes(JsonComparisons.Twin(Items), TwinContext.Default.TwinOrder);
        _order = (Order)ReadOrder();
        _writer = new Utf8JsonWriter(_buffer, AsPoolsDo);
    }

    [Benchmark]
    public object ReadOrder()
    {
        var reader = new Utf8JsonReader(_json);
        reader.Read();
        return PythonCommandsJson.ReadOrder(ref reader);
    }

    [Benchmark]
    public int WriteOrder()
    {
        _buffer.ResetWrittenCount();
        _writer!.Reset(_buffer);
        PythonCommandsJson.WriteOrder(_writer, _order!);
        _writer.Flush();
        return _buffer.WrittenCount;
    }

    [GlobalCleanup]
    public void Close() => _writer?.Dispose();
}
