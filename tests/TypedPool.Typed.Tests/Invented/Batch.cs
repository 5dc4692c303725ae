using System.Reflection;
using System.Runtime.Loader;
using CsCheck;
using TypedPool.Testing;
using TypedPool.TypedTests.Generating;

namespace TypedPool.TypedTests.Invented;

/// <summary>Many invented types: one Python module, one export, one generated client, one pool.</summary>
internal sealed class Batch : IAsyncDisposable
{
    private const string Module = "invented_commands";

    private readonly TemporaryFolder _folder = new();
    /// <summary>
    /// Is never unloaded, though it is of no use after its batch. Where an unloaded type had a thread static (shared pools of arrays and of
    /// state machines have one for each type), .NET 10 keeps the handle of its storage in the thread, and frees it when the thread ends: in
    /// another context by then, where it is the handle of a static field. That field's storage is collected while it is in use.
    /// </summary>
    private readonly AssemblyLoadContext _loaded = new(null);

    private readonly (InventedType Type, Wrong? Wrong, object? Default)[] _types;
    private readonly Library _library;
    private PythonPool? _pool;
    private object? _client;

    private Batch(IEnumerable<InventedType> types, Library library, PCG random)
    {
        _types = [.. types.Select(type => (type, Wrong.In(type, random), DefaultOf(type, random)))];
        _library = library;
    }

    /// <param name="types">What is called.</param>
    /// <param name="library">What their kinds need; the test is skipped where no Python has it.</param>
    /// <param name="random">What decides.</param>
    public static async Task<Batch> StartAsync(IEnumerable<InventedType> types, Library library, PCG random)
    {
        var batch = new Batch(types, library, random);
        try
        {
            await batch.StartAsync();
            return batch;
        }
        catch
        {
            await batch.DisposeAsync();
            throw;
        }
    }

    /// <summary>What may be sent: values, and nothing at all where the parameter has a default.</summary>
    public Gen<object?> ValuesOf(int index)
    {
        var (type, _, otherwise) = _types[index];
        return IsAbsent(otherwise) ? type.Values : Gen.Frequency((1, Gen.Const((object?)RecordType.Absent)), (9, type.Values));
    }

    /// <summary>A value as it is told about.</summary>
    public string Print(int index, object? plain) => IsAbsent(plain) ? "nothing" : _types[index].Type.PythonOf(plain);

    /// <summary>Sends a value there and back.</summary>
    /// <returns>Null where the same comes back, else what came back.</returns>
    public async Task<string?> EchoAsync(int index, object? plain)
    {
        var (type, _, otherwise) = _types[index];
        var sent = type.PythonOf(IsAbsent(plain) ? otherwise : plain);
        var back = type.PythonOf(type.ToPlain(await CallAsync($"Echo{index}", plain)));
        return sent == back ? null : $"sent {sent}\nback {back}";
    }

    /// <summary>Has Python return a value that is not of the type.</summary>
    /// <returns>Null where that is an error with the right path, or there is none such; else what is wrong.</returns>
    public async Task<string?> ReturnWrongAsync(int index) =>
        _types[index].Wrong is { Python: { } wrong } ? await RefusedAsync<InvalidResultException>(wrong, () => CallAsync($"Wrong{index}", null), e => e.Path) : null;

    /// <summary>Sends a value that is not of the type.</summary>
    /// <inheritdoc cref="ReturnWrongAsync"/>
    public async Task<string?> SendWrongAsync(int index) =>
        _types[index].Wrong is { CSharp: { } wrong } ? await RefusedAsync<InvalidArgumentsException>(wrong, () => CallAsync($"Echo{index}", wrong.Value), e => e.Path["/value".Length..]) : null;

    public async ValueTask DisposeAsync()
    {
        if (_pool is not null)
        {
            await _pool.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        var python = await _library.FindPythonAsync();
        var client = Client.Of(await Bridge.ExportAsync(_folder.Write(Module + ".py", Write()), python), "Invented");
        Assert.Empty(client.Diagnostics);
        var type = client.Load(_loaded);
        var options = new PythonPoolOptions { Module = Module, SearchPaths = { _folder.Path }, PythonPath = python.Path, Size = 1 };
        _pool = await (Task<PythonPool>)type.GetMethod("StartAsync")!.Invoke(null, [options, TestContext.Current.CancellationToken])!;
        _client = Activator.CreateInstance(type, _pool);
    }

    private string Write()
    {
        var module = new PythonModule(_library.Imports);
        for (var i = 0; i < _types.Length; i++)
        {
            var (type, wrong, otherwise) = _types[i];
            var annotation = type.Annotate(module);
            var check = module.CheckOf(type);
            module.Add($"@command\ndef echo_{i}(value: {annotation}{(IsAbsent(otherwise) ? "" : $" = {type.PythonOf(otherwise)}")}) -> {annotation}:\n    assert {check}(value), repr(value)\n    return {type.Returned("value")}");
            module.Add($"@command\ndef wrong_{i}() -> {annotation}:\n    return {(wrong?.Python is { } outside ? type.PythonOf(outside.Value) : "...")}");
        }

        return module.Text;
    }

    private async Task<object?> CallAsync(string command, object? plain)
    {
        // The overload with a request record comes first; a command without parameters has only the other.
        var method = _client!.GetType().GetMethods().First(method => method.Name == command + "Async");
        object?[] arguments = [null, CancellationToken.None];
        if (command.StartsWith("Echo", StringComparison.Ordinal))
        {
            var request = Activator.CreateInstance(method.GetParameters()[0].ParameterType)!;
            if (!IsAbsent(plain))
            {
                Properties.Set(request, request.GetType().GetProperty("Value")!, _types[int.Parse(command["Echo".Length..])].Type, plain);
            }

            arguments = [request, .. arguments];
        }

        var call = (Task)method.Invoke(_client, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await call;
        return call.GetType().GetProperty("Result")!.GetValue(call);
    }

    private static object? DefaultOf(InventedType type, PCG random) => random.Next(3) == 0 ? type.Values.Generate(random, null, out _) : RecordType.Absent;

    private static bool IsAbsent(object? plain) => ReferenceEquals(plain, RecordType.Absent);

    private static async Task<string?> RefusedAsync<T>(Wrong.Place wrong, Func<Task> call, Func<T, string> path)
        where T : Exception
    {
        try
        {
            await call();
            return $"{wrong.Path}: nothing was said";
        }
        catch (T exception)
        {
            return path(exception) == wrong.Path ? null : $"{wrong.Path}: expected, but told was {exception.Message}";
        }
    }
}
