using System.Text.Json;

namespace TypedPool;

/// <summary>What Python said of an exception that it raised, and of those that led to it.</summary>
/// <param name="Type">The exception's class, qualified by its module: <c>builtins.ValueError</c>; of a subclass of a declared exception, that one.</param>
/// <param name="Message">Python's <c>str()</c> of the exception.</param>
/// <param name="Traceback">The traceback as Python prints it; empty where there is none.</param>
/// <param name="Notes">What <c>add_note()</c> added, in order.</param>
/// <param name="Code">The JSON-RPC code: -32000 for an exception that the command does not declare, 0 for one that another one holds.</param>
public sealed record PythonError(string Type, string Message, string Traceback, ValueList<string> Notes, int Code)
{
    /// <summary>The exception's own class: another one than <see cref="Type"/> where that is a declared one from which it is derived.</summary>
    public string ActualType { get; init; } = Type;

    /// <summary>What Python calls the direct cause (<c>raise … from …</c>); null where there is none.</summary>
    public PythonError? Cause { get; init; }

    /// <summary>
    /// The exception during whose handling this one was raised; null where there is none, where there is a
    /// <see cref="Cause"/>, or where <c>from None</c> hides it.
    /// </summary>
    public PythonError? Context { get; init; }

    /// <summary>The members of an <c>ExceptionGroup</c>, in order; else empty.</summary>
    public ValueList<PythonError> Exceptions { get; init; } = [];

    /// <summary>
    /// Whether exceptions directly inside this one are left out: Python tells at most 100, and none that is more than 20
    /// steps away from what was raised.
    /// </summary>
    public bool IsTruncated { get; init; }

    /// <summary>The fields of a declared exception as JSON; undefined where there are none. Generated classes have them typed.</summary>
    public JsonElement Fields { get; init; }
}
