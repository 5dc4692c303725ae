using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Diagnostics;

/// <summary>Collects what is wrong with one schema and with the files that it refers to, each with its place.</summary>
internal sealed class SchemaDiagnostics(string path)
{
    private readonly List<Finding> _found = [];
    private readonly Dictionary<JsonNode, string> _otherFiles = [];

    /// <summary>Set where the text broke off: what follows from that is not reported as well.</summary>
    public bool IsCutOff { get; set; }

    public IReadOnlyList<Finding> Found => _found;

    /// <summary>Makes known where the values of another file stand.</summary>
    public void AddFile(JsonNode? root, string otherPath)
    {
        if (root is not null)
        {
            _otherFiles[root] = otherPath;
        }
    }

    /// <summary>Reports at a value; its JSON pointer is the message's first argument.</summary>
    public void Report(DiagnosticDescriptor descriptor, JsonNode node, params string[] arguments) =>
        Report(descriptor, node, node.Span, arguments);

    /// <summary>Reports at a part of the text that belongs to a value.</summary>
    public void Report(DiagnosticDescriptor descriptor, JsonNode node, TextSpan span, params string[] arguments)
    {
        if (!IsCutOff)
        {
            var pointer = node.Pointer;
            string[] filled = [pointer.Length == 0 ? "the document" : pointer, .. arguments];
            var file = _otherFiles.Count > 0 && _otherFiles.TryGetValue(node.Root, out var other) ? other : path;
            Add(descriptor, file, span, filled);
        }
    }

    /// <summary>Reports at a part of the schema's own text.</summary>
    public void ReportAt(DiagnosticDescriptor descriptor, TextSpan span, params string[] arguments) =>
        Add(descriptor, path, span, arguments);

    /// <summary>Reports what is wrong with a JSON text.</summary>
    public void Report(IEnumerable<JsonProblem> problems, string file)
    {
        foreach (var problem in problems)
        {
            Add(Cause(problem.Kind), file, problem.Span, problem.Detail);
        }
    }

    private void Add(DiagnosticDescriptor descriptor, string file, TextSpan span, params string[] arguments) =>
        _found.Add(new Finding(descriptor, file, span, new(arguments)));

    private static DiagnosticDescriptor Cause(JsonProblemKind kind) => kind switch
    {
        JsonProblemKind.Syntax => Causes.InvalidJson,
        JsonProblemKind.DuplicateMember => Causes.DuplicateMember,
        _ => Causes.LoneSurrogate,
    };
}
