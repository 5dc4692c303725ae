using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Reads an OpenRPC document: checks what it is, then its methods and the types under its components.</summary>
internal sealed class OpenRpcReader
{
    private readonly JsonNode _root;
    private readonly SchemaDiagnostics _diagnostics;
    private readonly Document _document = new();
    private readonly References _references;
    private readonly SchemaReader _schemas;
    private readonly CommandReader _commands;

    private OpenRpcReader(JsonNode root, OtherFiles files, SchemaDiagnostics diagnostics)
    {
        _root = root;
        _diagnostics = diagnostics;
        _references = new References(root, files, diagnostics);
        _schemas = new SchemaReader(_document, _references, diagnostics);
        _commands = new CommandReader(_schemas, _references, diagnostics);
    }

    /// <summary>Reads a document, or null where there is nothing of one.</summary>
    public static Document? Read(
        JsonNode root, string path, OtherFiles files, SchemaDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var fileName = FilePath.Name(path);
        if (root.Kind != JsonKind.Object)
        {
            diagnostics.ReportAt(Causes.NotOpenRpc, root.Span, fileName, $"it is {NodeReading.Words(root.Kind)}, not an object");
            return null;
        }

        if (root["openrpc"] is null && !diagnostics.IsCutOff)
        {
            var because = (root["openapi"] ?? root["swagger"]) is not null
                ? "it is an OpenAPI document"
                : "it has no member \"openrpc\"";
            diagnostics.ReportAt(Causes.NotOpenRpc, new(root.Span.Start, 1), fileName, because);
            return null;
        }

        files.Add(path, root);
        return new OpenRpcReader(root, files, diagnostics).Read(cancellationToken);
    }

    private Document Read(CancellationToken cancellationToken)
    {
        ReadHeader();
        ReadComponents(cancellationToken);
        ReadMethods(cancellationToken);
        _document.Hosts.AddRange(new HostReader(_schemas, _diagnostics).Read(_root));
        _schemas.ReadMembers(cancellationToken);
        Keywords.Check(_root, _diagnostics, cancellationToken);
        Keywords.CheckSchemas(_references.Outside, _diagnostics, cancellationToken);
        Usage.Mark(_document);
        Attaching.Mark(_document);
        return _document;
    }

    private void ReadHeader()
    {
        if (_root.OptionalString("openrpc", _diagnostics) is { } version && !version.StartsWith("1.", StringComparison.Ordinal))
        {
            _diagnostics.Report(Causes.UnsupportedVersion, _root["openrpc"]!, version);
        }

        if (_root.Optional("info", JsonKind.Object, _diagnostics) is { } info)
        {
            _document.Title = info.OptionalString("title", _diagnostics);
            _document.Description = info.OptionalString("description", _diagnostics);
            _document.Contract = info.Optional("x-typedpool", JsonKind.Object, _diagnostics)?.OptionalString("contract", _diagnostics);
            _document.ContractText = _document.Contract is null ? null : ContractText.Of(_root);
        }
    }

    private void ReadComponents(CancellationToken cancellationToken)
    {
        var components = _root.Optional("components", JsonKind.Object, _diagnostics);
        foreach (var schema in components?.Optional("schemas", JsonKind.Object, _diagnostics)?.Members ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            _document.Components.Add(_schemas.Read(schema.Value));
        }
    }

    private void ReadMethods(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in _root.Required("methods", JsonKind.Array, _diagnostics)?.Items ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_commands.Read(node, names) is { } command)
            {
                _document.Commands.Add(command);
            }
        }
    }
}
