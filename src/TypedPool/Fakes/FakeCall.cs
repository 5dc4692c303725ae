using System.Text.Json;

namespace TypedPool.Fakes;

/// <summary>A call that a <see cref="FakeInvoker"/> was given.</summary>
public sealed class FakeCall
{
    internal FakeCall(string command, object? request, JsonElement arguments, CallOptions? options) =>
        (Command, Request, Arguments, Options) = (command, request, arguments, options);

    /// <summary>The command's name in Python.</summary>
    public string Command { get; }

    /// <summary>The arguments: the generated request record, or a <see cref="ValueTuple"/> for a command without parameters.</summary>
    public object? Request { get; }

    /// <summary>The arguments as JSON, just as Python would have received them.</summary>
    public JsonElement Arguments { get; }

    /// <summary>What the call said of itself, its session included; null where it said nothing.</summary>
    public CallOptions? Options { get; }
}
