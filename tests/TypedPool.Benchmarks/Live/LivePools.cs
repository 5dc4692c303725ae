using TypedPool.Serialization;

namespace TypedPool.Benchmarks.Live;

/// <summary>Pools over the commands of these benchmarks, and these commands.</summary>
internal static class LivePools
{
    internal static PythonCommand<string, string> Echo { get; } = new("echo", WriteText, JsonRead.String);

    internal static PythonCommand<(string Text, int Times), string> Ask { get; } = new(
        "ask",
        static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WriteString("text"u8, it.Text);
            writer.WriteNumber("times"u8, it.Times);
            writer.WriteEndObject();
        },
        JsonRead.String);

    internal static PythonCommand<int, int> Same { get; } = new("same", static (writer, it) => WriteNumber(writer, "number", it), JsonRead.Int32);

    internal static PythonCommand<int, int> Count { get; } = new("count", static (writer, it) => WriteNumber(writer, "to", it), JsonRead.Int32);

    internal static PythonCommand<bool, NoResult> Watch { get; } = new(
        "watch",
        static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("on"u8, it);
            writer.WriteEndObject();
        },
        static (ref System.Text.Json.Utf8JsonReader _) => default);

    internal static PythonCommand<IAsyncEnumerable<int>, int> Total { get; } = new(
        "total",
        static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("numbers");
            JsonWrite.Stream(writer, it, "numbers", JsonWrite.Int32);
            writer.WriteEndObject();
        },
        static (ref System.Text.Json.Utf8JsonReader reader) => (int)(JsonRead.Int64(ref reader) % int.MaxValue)) { Streams = true };

    internal static PythonCommand<NoResult, NoResult> Work { get; } = WithoutArguments("work");

    internal static PythonCommand<NoResult, NoResult> Wait { get; } = WithoutArguments("wait");

    /// <summary>Starts a pool of one worker.</summary>
    /// <param name="module">Its module.</param>
    /// <param name="configure">What else there is to say.</param>
    /// <returns>The pool.</returns>
    internal static Task<PythonPool> StartAsync(string module, Action<PythonPoolOptions>? configure = null)
    {
        var options = new PythonPoolOptions { Module = module, SearchPaths = { "python" }, Size = 1, Overflow = 0 }
            .AddHost(new HostInterface("Desk", new HostFunction<string, string>("ask", ReadText, (text, _, _) => Task.FromResult(text), static (writer, text) => writer.WriteStringValue(text))));
        configure?.Invoke(options);
        return PythonPool.StartAsync(options);
    }

    /// <summary>A command that takes nothing and returns nothing.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The command.</returns>
    internal static PythonCommand<NoResult, NoResult> WithoutArguments(string name) => new(
        name,
        static (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        },
        static (ref System.Text.Json.Utf8JsonReader _) => default);

    private static void WriteText(System.Text.Json.Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private static void WriteNumber(System.Text.Json.Utf8JsonWriter writer, string name, int number)
    {
        writer.WriteStartObject();
        writer.WriteNumber(name, number);
        writer.WriteEndObject();
    }

    private static string ReadText(ref System.Text.Json.Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader);
        var text = "";
        while (JsonRead.NextProperty(ref reader))
        {
            reader.Read();
            text = JsonRead.String(ref reader);
        }

        return text;
    }
}
