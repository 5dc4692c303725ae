using TypedPool.Benchmarks.Generated;
using TypedPool.Benchmarks.Generated.Arrays;
using TypedPool.Serialization;

namespace TypedPool.Benchmarks.Large;

/// <summary>Calls that return what they are given.</summary>
internal static class LargeCalls
{
    /// <summary>As a worker without attachments is sent numbers.</summary>
    private static readonly PythonCommand<double[], ValueList<double>> NumbersAsJson = new(
        "same_floats",
        static (writer, values) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("numbers"u8);
            JsonWrite.Doubles(writer, values);
            writer.WriteEndObject();
        },
        JsonRead.Doubles);

    internal static LargeCall Bytes(byte[] data) => new(
        "bytes", StartAsync, async pool => Check((await new PythonCommands(pool).SameBytesAsync(data)).Length, data.Length));

    internal static LargeCall Text(string text) => new(
        "text, by a command without attachments", StartAsync, async pool => Check((await new PythonCommands(pool).EchoAsync(text)).Length, text.Length));

    internal static LargeCall Json(double[] values) => new(
        "`list[float]`, as JSON", StartAsync, async pool => Check((await pool.InvokeAsync(NumbersAsJson, values)).Count, values.Length));

    internal static LargeCall Packed(double[] values) => new(
        "`list[float]`, packed", StartAsync, async pool => Check((await new PythonCommands(pool).SameFloatsAsync(values)).Count, values.Length));

    /// <param name="values">The numbers.</param>
    /// <param name="python">A Python that has NumPy.</param>
    internal static LargeCall Array(double[] values, string python)
    {
        var array = NdArray.FromArray(values, values.Length);
        return new LargeCall(
            "`NdArray<double>`",
            () => ArrayCommands.StartAsync(new PythonPoolOptions { Module = "benchmark_arrays", SearchPaths = { "python" }, Size = 1, PythonPath = python }),
            async pool => Check((await new ArrayCommands(pool).SameArrayAsync(array)).Length, values.Length));
    }

    private static Task<PythonPool> StartAsync() =>
        PythonCommands.StartAsync(new PythonPoolOptions { Module = "benchmark_commands", SearchPaths = { "python" }, Size = 1 });

    private static void Check(long received, long sent)
    {
        if (received != sent)
            throw new InvalidDataException("The call did not return what it was given.");
    }
}
