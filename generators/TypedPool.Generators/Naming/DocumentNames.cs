using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Schema;

namespace TypedPool.Generators.Naming;

/// <summary>The C# names of a document's types and commands.</summary>
internal sealed class DocumentNames
{
    private readonly Dictionary<object, string> _types;
    private readonly Dictionary<Command, string> _methods;
    private readonly Dictionary<string, Raised> _exceptions;

    public DocumentNames(Document document, string client, SchemaDiagnostics diagnostics)
    {
        _exceptions = Exceptions(document);
        var claims = document.Types.Select(Claim)
            .Concat(_exceptions.Values.Select(exception => new NameClaim<object>(
                exception, 3, "exception " + exception.Type, exception.Wish, WithSuffix(Identifier.Type(exception.Type)))))
            .Concat(document.Commands.Where(command => command.Parameters.Count > 0).Select(command => new NameClaim<object>(
                command, 4, "request " + command.Name, Identifier.Pascal(command.Name) + "Request", Identifier.Pascal(command.Name) + "Arguments")))
            .Concat(document.Hosts.Select(host => new NameClaim<object>(
                host, 4, "host " + host.Name, "I" + Identifier.Type(host.Name), "I" + Identifier.Type(host.Name) + "Host")))
            .ToList();
        _types = NameTable.Assign(claims, ReservedNames.BesideClient(client));
        foreach (var claim in claims)
        {
            ReportRename(claim.Owner is Raised exception ? exception.Place : PlaceOf(claim.Owner), claim.Wishes[0], _types[claim.Owner], diagnostics);
        }

        var methods = document.Commands.ConvertAll(command => MethodClaim(command));
        _methods = NameTable.Assign(methods, ReservedNames.InClient(client));
        foreach (var claim in methods)
        {
            ReportRename(claim.Owner.Place, claim.Wishes[0], _methods[claim.Owner], diagnostics);
        }
    }

    public string Of(DeclaredType type) => _types[type];

    public string OfMethod(Command command) => _methods[command];

    public string OfRequest(Command command) => _types[command];

    public string OfHost(HostType host) => _types[host];

    public string OfException(string pythonType) => _types[_exceptions[pythonType]];

    /// <summary>Every exception of the document once, in ordinal order of the Python class.</summary>
    public IEnumerable<RaisedError> RaisedErrors => _exceptions.Values
        .OrderBy(exception => exception.Type, StringComparer.Ordinal)
        .Select(exception => new RaisedError(exception.Place, exception.Type, exception.Description, exception.Fields));

    public static void ReportRename(JsonNode place, string wish, string name, SchemaDiagnostics diagnostics)
    {
        if (!string.Equals(wish, name, StringComparison.Ordinal))
        {
            diagnostics.Report(Causes.Renamed, place, wish, name);
        }
    }

    private static NameClaim<object> Claim(DeclaredType type)
    {
        var place = type.Place.Root.Key + type.Place.Pointer;
        if (type.NameSuffix.Length > 0)
        {
            return new(type, 6, StablePlace(type.Place) + "+" + type.NameSuffix, PlaceName.Of(type.Place) + type.NameSuffix);
        }

        if (type is DeclaredRecord { Branches: { Count: > 0 } branches })
        {
            return new(
                type, 6, StablePlace(type.Place) + "+" + string.Join("+", branches.Select(StablePlace)), PlaceName.Of(type.Place) + PlaceName.OfBranches(branches));
        }

        return PlaceName.Component(type.Place) is { } component
            ? new(type, string.Equals(Identifier.Type(component), component, StringComparison.Ordinal) ? 1 : 2, place, Identifier.Type(component))
            : new(type, 5, StablePlace(type.Place), PlaceName.Of(type.Place));
    }

    /// <summary>The pointer, with commands, parameters and branches by name and not by number: their order says nothing.</summary>
    private static string StablePlace(JsonNode place)
    {
        var parts = new Stack<string>();
        var file = place.Root.Key;
        for (var node = place; node.Parent is not null; node = node.Parent)
        {
            if (node.Key is "x-fields" && node.Parent["x-type"] is { } type)
            {
                // Several commands may declare the exception; which of them comes first must not matter.
                parts.Push("exception " + type.Text);
                break;
            }

            parts.Push(node.Key ?? (node.Parent.Key is "methods" or "params" or "x-hosts" ? node["name"]?.Text : null)
                ?? (PlaceName.IsBranch(node) ? BranchName.Of(node) : $"{node.Index}"));
        }

        return file + string.Join("/", parts);
    }

    private static NameClaim<Command> MethodClaim(Command command)
    {
        var name = Identifier.Pascal(command.Name);
        var isExact = string.Equals(command.Name, Snake(name), StringComparison.Ordinal);
        return new(
            command,
            isExact ? 1 : 2,
            command.Name,
            name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5 ? name : name + "Async");
    }

    /// <summary>How Python would write a name: who follows the convention comes first.</summary>
    private static string Snake(string pascal) => string.Concat(
        pascal.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static JsonNode PlaceOf(object owner) =>
        owner is Command command ? command.Place : owner is HostType host ? host.Place : ((DeclaredType)owner).Place;

    private static Dictionary<string, Raised> Exceptions(Document document)
    {
        var exceptions = new Dictionary<string, Raised>(StringComparer.Ordinal);
        foreach (var error in document.Commands.SelectMany(command => command.Errors))
        {
            // Several commands may document one exception; which of them comes first must not matter.
            var description = exceptions.TryGetValue(error.Type, out var known) && error.Description is null ? known.Description
                : known?.Description is { } other && string.CompareOrdinal(other, error.Description) <= 0 ? other
                : error.Description;
            exceptions[error.Type] = new Raised(error.Type, known?.Place ?? error.Place, description, known?.Fields ?? error.Fields, WithSuffix(Identifier.Type(PlaceName.LastOf(error.Type))));
        }

        return exceptions;
    }

    private static string WithSuffix(string name) =>
        name.EndsWith("Exception", StringComparison.Ordinal) ? name : name + "Exception";

    private sealed record Raised(string Type, JsonNode Place, string? Description, DeclaredRecord? Fields, string Wish);
}
