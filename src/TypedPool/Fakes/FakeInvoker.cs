using System.Text.Json;
using TypedPool.Pool;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Fakes;

/// <summary>
/// Stands for a pool in the tests of a program: give it to a generated client, tell it what to answer, and see what it was
/// asked. No Python runs. Arguments are written as for a pool, so those that cannot travel are refused here, too.
/// </summary>
/// <remarks>It may be used by several threads.</remarks>
/// <example>
/// <code>
/// var python = new FakeInvoker().On("classify", (ClassifyRequest request) => new Label { Name = request.Text });
/// var shop = new Shop(new PythonCommands(python));
/// </code>
/// </example>
public sealed partial class FakeInvoker : IPythonInvoker
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Delegate> _answers = new(StringComparer.Ordinal);
    private readonly List<FakeCall> _calls = [];

    /// <summary>The contract that the Python side seems to have.</summary>
    /// <value>Default: null, any.</value>
    public string? Contract { get; init; }

    /// <summary>The calls so far, in the order in which they came; those with arguments that cannot travel are not among them.</summary>
    public IReadOnlyList<FakeCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Says what a command returns. Of two answers to one command the later counts.</summary>
    /// <typeparam name="TRequest">The generated request record.</typeparam>
    /// <typeparam name="TResult">What the command returns.</typeparam>
    /// <param name="command">The command's name in Python.</param>
    /// <param name="answer">Makes the result; what it throws, the call throws.</param>
    /// <returns>This fake.</returns>
    public FakeInvoker On<TRequest, TResult>(string command, Func<TRequest, TResult> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return On(command, (TRequest request, CancellationToken _) => Task.FromResult(answer(request)));
    }

    /// <summary>Says what a command returns in time. Of two answers to one command the later counts.</summary>
    /// <typeparam name="TRequest">The generated request record; <see cref="ValueTuple"/> for a command without parameters.</typeparam>
    /// <typeparam name="TResult">What the command returns; <see cref="NoResult"/> for nothing.</typeparam>
    /// <param name="command">The command's name in Python.</param>
    /// <param name="answer">Makes the result; it is given the token of the call.</param>
    /// <returns>This fake.</returns>
    public FakeInvoker On<TRequest, TResult>(string command, Func<TRequest, CancellationToken, Task<TResult>> answer)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(answer);
        lock (_lock)
        {
            _answers[command] = answer;
        }

        return this;
    }

    /// <summary>Says what a command without parameters returns. Of two answers to one command the later counts.</summary>
    /// <typeparam name="TResult">What the command returns.</typeparam>
    /// <param name="command">The command's name in Python.</param>
    /// <param name="answer">Makes the result.</param>
    /// <returns>This fake.</returns>
    public FakeInvoker On<TResult>(string command, Func<TResult> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return On(command, (ValueTuple _) => answer());
    }

    /// <summary>Lets a command that returns nothing succeed.</summary>
    /// <typeparam name="TRequest">The generated request record.</typeparam>
    /// <param name="command">The command's name in Python.</param>
    /// <param name="action">What to do with the arguments.</param>
    /// <returns>This fake.</returns>
    public FakeInvoker On<TRequest>(string command, Action<TRequest> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return On(command, (TRequest request) =>
        {
            action(request);
            return default(NoResult);
        });
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no answer to the command, or one of other types.</exception>
    public async Task<TResult> InvokeAsync<TRequest, TResult>(
        PythonCommand<TRequest, TResult> command, TRequest request, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var arguments = Written(command, request);
            var answer = Take(new FakeCall(command.Name, request, arguments, options));
            var make = answer as Func<TRequest, CancellationToken, Task<TResult>>
                ?? throw NoAnswer<TRequest>(command.Name, answer, "On", "answer", $"a {Shown(typeof(TResult))}");
            return await make(request, cancellationToken).ConfigureAwait(false);
        }
        catch (PythonPoolException exception)
        {
            exception.Command ??= command.Name;
            exception.Session ??= options?.Session;
            throw;
        }
    }

    private static JsonElement Written<TRequest, TResult>(PythonCommand<TRequest, TResult> command, TRequest request)
    {
        using var buffer = new RequestBuffer();
        Arguments.Write(buffer, command, request, attaches: false, session: null, traceparent: null, streams: command.Streams ? new OutgoingStreams() : null);
        return JsonElement.Parse(buffer.Params);
    }

    private Delegate? Take(FakeCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
            return _answers.GetValueOrDefault(call.Command);
        }
    }

    private static InvalidOperationException NoAnswer<TRequest>(string command, Delegate? other, string method, string what, string example) => new(
        $"The fake has no {what} to the command '{command}'{(other is null ? "" : ", but one of other types")}. "
        + $"Give it one: {method}(\"{command}\", ({(typeof(TRequest) == typeof(ValueTuple) ? "" : Shown(typeof(TRequest)) + " request")}) => {example}).");

    private static string Shown(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(Shown))}>"
        : type.Name;
}
