using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;
using Xunit;

namespace TypedPool.Tests.Protocol;

/// <summary>A client written by others drives a worker, with nothing of ours on its side.</summary>
public sealed class IndependentClientTests : IAsyncLifetime
{
    private readonly ServeProcess _server = ServeProcess.Start();
    private readonly JsonRpc _client;

    public IndependentClientTests()
    {
        _client = new Client(new LengthHeaderMessageHandler(_server.Input, _server.Output, Formatter()));
        _client.StartListening();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Arguments_are_given_by_name()
    {
        Assert.Equal(40, await _client.InvokeWithParameterObjectAsync<int>("subtract", new { minuend = 42, subtrahend = 2 }));
        Assert.Equal(41, await _client.InvokeWithParameterObjectAsync<int>("subtract", new { minuend = 42 }));

        await EndAsync();
    }

    [Fact]
    public async Task Arguments_are_given_by_position()
    {
        Assert.Equal(40, await _client.InvokeAsync<int>("subtract", 42, 2));
        Assert.Equal(41, await _client.InvokeAsync<int>("subtract", 42));

        await EndAsync();
    }

    [Fact]
    public async Task Records_go_both_ways()
    {
        var order = new Order([new Item("bolt", 3), new Item("nüt", 4)], null);

        Assert.Equal(7, await _client.InvokeAsync<int>("total", order));
        var copied = await _client.InvokeWithParameterObjectAsync<Order>("copied", new { order, times = 2 });
        Assert.Equal([.. order.Items, .. order.Items], copied.Items);
        Assert.Null(copied.Note);

        await EndAsync();
    }

    [Fact]
    public async Task A_command_without_a_result_returns_nothing()
    {
        Assert.Null(await _client.InvokeAsync<string?>("session"));
        await _client.InvokeAsync("remember", "it");

        await EndAsync();
    }

    [Fact]
    public async Task An_unknown_command_is_method_not_found()
    {
        var exception = await Assert.ThrowsAsync<RemoteMethodNotFoundException>(() => _client.InvokeAsync("multiply", 6, 7));

        Assert.Equal(JsonRpcErrorCode.MethodNotFound, exception.ErrorCode);
        Assert.Contains("multiply", exception.Message, StringComparison.Ordinal);
        Assert.Equal("typedpool.CommandNotFound", Data(exception).Type);
        await EndAsync();
    }

    [Theory]
    [InlineData("""{"order":{"items":[{"name":"bolt","count":"three"}]}}""", "/order/items/0/count", "an integer", "three")]
    [InlineData("""{"order":{"items":[{"name":"bolt"}]}}""", "/order/items/0/count", "", "nothing")]
    [InlineData("""{"order":7}""", "/order", "", "7")]
    [InlineData("""{}""", "/order", "", "nothing")]
    [InlineData("""{"order":{"items":[]},"oder":1}""", "/oder", "order", "1")]
    public async Task Arguments_that_do_not_fit_are_invalid_params_and_where(string arguments, string pointer, string expected, string found)
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!;

        var exception = await Assert.ThrowsAsync<RemoteMethodNotFoundException>(
            () => _client.InvokeWithParameterObjectAsync("total", (IReadOnlyDictionary<string, object?>)given));

        Assert.Equal(JsonRpcErrorCode.InvalidParams, exception.ErrorCode);
        var data = Data(exception);
        Assert.Equal("typedpool.InvalidArguments", data.Type);
        Assert.Equal(pointer, data.Pointer);
        Assert.Contains(expected, data.Expected!, StringComparison.Ordinal);
        Assert.Contains(found, data.Found!, StringComparison.Ordinal);
        await EndAsync();
    }

    [Fact]
    public async Task Too_many_arguments_by_position_are_invalid_params_and_where()
    {
        var exception = await Assert.ThrowsAsync<RemoteMethodNotFoundException>(() => _client.InvokeAsync("subtract", 1, 2, 3));

        Assert.Equal(JsonRpcErrorCode.InvalidParams, exception.ErrorCode);
        Assert.Equal("/2", Data(exception).Pointer);
        await EndAsync();
    }

    [Fact]
    public async Task A_raised_exception_arrives_with_its_type_and_traceback()
    {
        var exception = await Assert.ThrowsAsync<RemoteInvocationException>(() => _client.InvokeAsync("take", "nothing"));

        Assert.Equal(-32000, exception.ErrorCode);
        Assert.Equal("nobody takes nothing", exception.Message);
        var data = Data(exception);
        Assert.Equal("builtins.ValueError", data.Type);
        Assert.Equal("nobody takes nothing", data.Message);
        var traceback = data.Traceback!;
        Assert.StartsWith("Traceback (most recent call last):\n", traceback, StringComparison.Ordinal);
        Assert.Contains("protocol_commands.py", traceback, StringComparison.Ordinal);
        Assert.EndsWith("ValueError: nobody takes nothing\n", traceback, StringComparison.Ordinal);
        await EndAsync();
    }

    [Fact]
    public async Task A_declared_exception_arrives_with_its_own_code()
    {
        var exception = await Assert.ThrowsAsync<RemoteInvocationException>(() => _client.InvokeAsync("take", "bolts"));

        Assert.Equal(1001, exception.ErrorCode);
        Assert.Equal("no bolts left", exception.Message);
        Assert.Equal("protocol_commands.OutOfStock", Data(exception).Type);
        await EndAsync();
    }

    [Fact]
    public async Task A_notification_runs_and_its_result_is_dropped()
    {
        await _client.NotifyAsync("remember", "first");
        await _client.NotifyWithParameterObjectAsync("remember", new { text = "second" });
        await _client.NotifyAsync("remember", 3); // Refused, and nobody asked to be told.
        await _client.NotifyAsync("take", "bolts");
        await _client.NotifyAsync("no_such_command");

        Assert.Equal(["first", "second"], await _client.InvokeAsync<string[]>("remembered"));

        await EndAsync();
    }

    [Fact]
    public async Task Five_hundred_requests_in_flight_each_get_their_own_answer()
    {
        var calls = Enumerable.Range(0, 500).Select(i => _client.InvokeAsync<string>("remember", $"{i}/" + new string('ü', i * 7)));

        var answers = await Task.WhenAll(calls.ToArray());

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i}/" + new string('ü', i * 7)), answers);
        await EndAsync();
    }

    [Fact]
    public async Task The_handshake_is_there_for_who_wants_it()
    {
        Assert.Equal(3, await _client.InvokeAsync<int>("subtract", 5, 2));

        var answer = await _client.InvokeWithParameterObjectAsync<JsonElement>(
            "$/initialize", new { protocol = 1, host = "another/1.0", limits = new { maxMessageBytes = 100_000 }, capabilities = new { } });

        Assert.Equal(1, answer.GetProperty("protocol").GetInt32());
        Assert.StartsWith("sha256:", answer.GetProperty("contract").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, (await _client.InvokeAsync<JsonElement>("$/ping")).ValueKind);
        Assert.Equal(3, await _client.InvokeAsync<int>("subtract", 5, 2));
        await EndAsync();
    }

    [Fact]
    public async Task A_server_that_is_told_to_leaves()
    {
        Assert.Null(await _client.InvokeAsync<object?>("$/shutdown"));

        Assert.Equal((0, ""), await _server.LeftAsync());
    }

    [Fact]
    public async Task A_cancelled_call_ends_for_its_caller_and_disturbs_nobody()
    {
        using var cancellation = new CancellationTokenSource();
        var call = _client.InvokeWithCancellationAsync<int>("subtract", [2, 1], cancellation.Token);
        await cancellation.CancelAsync();

        // A server that runs one call at a time may drop the wish, and answers.
        Assert.Equal(1, await call);
        Assert.Equal(3, await _client.InvokeAsync<int>("subtract", 5, 2));
        await EndAsync();
    }

    [Fact]
    public async Task What_commands_print_does_not_disturb_the_channel()
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal("loud", await _client.InvokeAsync<string>("shout", "loud"));

        _client.Dispose();
        var (status, said) = await _server.EndAsync();

        Assert.Equal(0, status);
        Assert.Equal(3 * 6, said.Split("loud").Length - 1);
    }

    private static SystemTextJsonFormatter Formatter() =>
        new() { JsonSerializerOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web) };

    private static ErrorData Data(RemoteRpcException exception) => Assert.IsType<ErrorData>(exception.DeserializedErrorData);

    private async Task EndAsync()
    {
        _client.Dispose();
        await _server.EndWellAsync();
    }

    /// <summary>The one thing that this client is told beforehand: what errors carry.</summary>
    private sealed class Client(IJsonRpcMessageHandler handler) : JsonRpc(handler)
    {
        protected override Type GetErrorDetailsDataType(JsonRpcError error) => typeof(ErrorData);
    }

    private sealed record ErrorData(string Type, string? Message, string? Traceback, string? Pointer, string? Expected, string? Found);

    private sealed record Item(string Name, int Count);

    private sealed record Order(IReadOnlyList<Item> Items, string? Note);
}
