namespace TypedPool;

/// <summary>What Python said of an exception that it raised.</summary>
/// <param name="Type">The exception's class, qualified by its module: <c>builtins.ValueError</c>.</param>
/// <param name="Message">Python's <c>str()</c> of the exception.</param>
/// <param name="Traceback">The traceback as Python prints it; empty where there is none.</param>
/// <param name="Notes">What <c>add_note()</c> added, in order.</param>
/// <param name="Code">The JSON-RPC code: -32000 for an exception that the command does not declare.</param>
public sealed record PythonError(string Type, string Message, string Traceback, ValueList<string> Notes, int Code);
