using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Reads <c>x-hosts</c>: what Python needs from its host.</summary>
internal sealed class HostReader(SchemaReader schemas, SchemaDiagnostics diagnostics)
{
    /// <summary>Reads all of it, in the order of the names; of two with one name the first.</summary>
    public IEnumerable<HostType> Read(JsonNode root) => ReadInOrder(root).OrderBy(host => host.Name, StringComparer.Ordinal);

    private IEnumerable<HostType> ReadInOrder(JsonNode root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in root.Optional("x-hosts", JsonKind.Array, diagnostics)?.Items ?? [])
        {
            if (NameOf(node, names) is { } name)
            {
                yield return new HostType(
                    node, name, node.OptionalString("summary", diagnostics), node.OptionalString("description", diagnostics), [.. ReadFunctions(node).OrderBy(function => function.Name, StringComparer.Ordinal)]);
            }
        }
    }

    private string? NameOf(JsonNode node, HashSet<string> names)
    {
        if (!node.Is(JsonKind.Object, diagnostics) || node.Required("name", JsonKind.String, diagnostics) is not { } name)
        {
            return null;
        }

        if (names.Add(name.Text))
        {
            return name.Text;
        }

        diagnostics.Report(Causes.DuplicateCommand, name, name.Text);
        return null;
    }

    private IEnumerable<HostFunction> ReadFunctions(JsonNode host)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in host.Required("methods", JsonKind.Array, diagnostics)?.Items ?? [])
        {
            if (NameOf(node, names) is { } name)
            {
                yield return ReadFunction(node, name);
            }
        }
    }

    private HostFunction ReadFunction(JsonNode node, string name)
    {
        var function = new HostFunction(node, name)
        {
            Summary = node.OptionalString("summary", diagnostics),
            Description = node.OptionalString("description", diagnostics),
        };
        if (node.Required("params", JsonKind.Object, diagnostics) is { } parameters && parameters["properties"] is { Members.Count: > 0 })
        {
            function.Arguments = new DeclaredRecord(parameters, [parameters], null) { NameSuffix = "Arguments" };
            schemas.Declare(function.Arguments);
            function.Arguments.Description = $"The arguments of the host function \"{name}\".";
        }

        if (node.Required("result", JsonKind.Object, diagnostics)?.Required("schema", JsonKind.Object, diagnostics) is { } result)
        {
            function.ResultDescription = node["result"]!.OptionalString("description", diagnostics);
            function.Result = schemas.Read(result) is { IsNull: false } shape ? schemas.Count(shape) : null;
        }

        return function;
    }
}
