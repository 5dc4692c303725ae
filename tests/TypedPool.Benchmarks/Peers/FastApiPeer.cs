using System.Net.Http.Json;
using System.Text.Json;

namespace TypedPool.Benchmarks.Peers;

/// <summary>JSON over HTTP to FastAPI under uvicorn; bytes as the body itself.</summary>
/// <param name="python">The Python.</param>
internal sealed class FastApiPeer(string python) : IPeer
{
    private readonly UnixSocket _socket = new();
    private PythonScript? _script;
    private HttpClient? _http;

    public string Name => "FastAPI";

    public async Task StartAsync(int workers)
    {
        _script = PythonScript.Start(python, "fastapi_server.py", _socket.Path);
        await _socket.ListensAsync();
        _http = new HttpClient(_socket.Handler()) { BaseAddress = new Uri("http://localhost") };
        await Echo("x")();
    }

    public Func<Task> Echo(string text) => async () =>
        Checked.Text((await PostAsync<TextBody, TextBody>("echo", new TextBody(text))).Text, text);

    public Func<Task> Primes(int below) => async () =>
        Checked.Primes(await PostAsync<BelowBody, long>("primes", new BelowBody(below)), below);

    public Func<Task> Floats(double[] numbers) => async () =>
        Checked.Floats((await PostAsync<FloatsBody, FloatsBody>("same_floats", new FloatsBody(numbers))).Numbers, numbers);

    public Func<Task> Bytes(byte[] data) => async () =>
    {
        using var content = new ByteArrayContent(data);
        using var response = await _http!.PostAsync(new Uri("same_bytes", UriKind.Relative), content);
        Checked.Bytes(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(), data);
    };

    public Func<Task> Numbers(int count) => async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "numbers") { Content = JsonContent.Create(new BelowBody(count)) };
        using var response = await _http!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var lines = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        await Checked.NumbersAsync(JsonSerializer.DeserializeAsyncEnumerable<int>(lines, topLevelValues: true), count);
    };

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
        _socket.Dispose();
    }

    private async Task<TResult> PostAsync<TBody, TResult>(string command, TBody body)
    {
        using var response = await _http!.PostAsJsonAsync(command, body);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<TResult>() ?? throw new InvalidDataException("Nothing came back.");
    }

    private sealed record TextBody(string Text);

    private sealed record BelowBody(int Below);

    private sealed record FloatsBody(double[] Numbers);
}
