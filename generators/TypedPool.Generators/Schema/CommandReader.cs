using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>Reads one Method Object.</summary>
internal sealed class CommandReader(SchemaReader schemas, References references, SchemaDiagnostics diagnostics)
{
    private readonly Dictionary<string, DeclaredRecord> _fields = new(StringComparer.Ordinal);

    /// <summary>Reads a method, or null where it has no name or one that was there before.</summary>
    public Command? Read(JsonNode node, HashSet<string> names)
    {
        if (Object(node) is not { } method || method.Required("name", JsonKind.String, diagnostics) is not { } name)
        {
            return null;
        }

        if (!names.Add(name.Text))
        {
            diagnostics.Report(Causes.DuplicateCommand, name, name.Text);
            return null;
        }

        var command = new Command(method, name.Text)
        {
            Summary = method.OptionalString("summary", diagnostics),
            Description = method.OptionalString("description", diagnostics),
            Parameters = ReadParameters(method),
            Errors = [.. ReadErrors(method)],
            IsIdempotent = method.OptionalBoolean("x-idempotent", diagnostics),
        };

        if (method.OptionalBoolean("deprecated", diagnostics))
        {
            command.Deprecation = method.OptionalString("x-deprecated", diagnostics) ?? "This command is deprecated.";
        }

        if (method.OptionalString("paramStructure", diagnostics) is "by-position")
        {
            command.IsByPosition = true;
            command.Parameters = RequiredByPosition(command.Parameters);
        }

        ReadResult(method, command);
        ReadStreaming(method, command);
        return command;
    }

    private JsonNode? Object(JsonNode node) =>
        node.Is(JsonKind.Object, diagnostics) && references.Follow(node) is { } found && found.Is(JsonKind.Object, diagnostics)
            ? found
            : null;

    private List<Member> ReadParameters(JsonNode method)
    {
        var parameters = new List<Member>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in method.Optional("params", JsonKind.Array, diagnostics)?.Items ?? [])
        {
            if (Object(node) is not { } parameter)
            {
                continue;
            }

            if (NameOfSchema(node, parameter) is { } schemaName && names.Add(schemaName))
            {
                diagnostics.Report(Causes.NotRepresented, node, $"it refers to a schema, which has no name as a parameter, and is called \"{schemaName}\" after it");
                parameters.Add(schemas.Position(node, schemaName, node, isRequired: false, description: null));
                continue;
            }

            if (parameter.Required("name", JsonKind.String, diagnostics) is not { } name)
            {
                continue;
            }

            if (!names.Add(name.Text))
            {
                diagnostics.Report(Causes.DuplicateParameter, name, name.Text);
            }
            else if (parameter["schema"] is not { } schema)
            {
                diagnostics.Report(Causes.MissingMember, parameter, "schema");
                names.Remove(name.Text);
            }
            else
            {
                var description = parameter.OptionalString("description", diagnostics) ?? parameter.OptionalString("summary", diagnostics);
                var isRequired = parameter.OptionalBoolean("required", diagnostics);
                var member = schemas.Position(parameter, name.Text, schema, isRequired, description);
                parameters.Add(member with { IsStreaming = IsStreaming(parameter, member.Shape) });
            }
        }

        return parameters;
    }

    /// <summary>What a parameter is called that is a reference to a schema, where a content descriptor should stand; else null.</summary>
    private static string? NameOfSchema(JsonNode node, JsonNode parameter)
    {
        if (node["$ref"] is not { Kind: JsonKind.String, Text: var address } || parameter["name"] is not null || parameter["schema"] is not null)
        {
            return null;
        }

        var name = Uri.UnescapeDataString(address.Substring(address.LastIndexOfAny(['/', '#']) + 1)).Replace("~1", "/").Replace("~0", "~");
        return name.Length > 0 ? name : null;
    }

    /// <summary>In an array nothing can be left out before something that is required.</summary>
    private List<Member> RequiredByPosition(IReadOnlyList<Member> parameters)
    {
        var list = parameters.ToList();
        for (var i = 0; i < list.FindLastIndex(member => member.IsRequired); i++)
        {
            if (!list[i].IsRequired)
            {
                diagnostics.Report(Causes.ByPosition, list[i].Place);
                list[i] = list[i] with { IsRequired = true };
            }
        }

        return list;
    }

    private void ReadResult(JsonNode method, Command command)
    {
        if (method["result"] is not { } node || Object(node) is not { } result)
        {
            return;
        }

        command.ResultDescription = result.OptionalString("description", diagnostics) ?? result.OptionalString("summary", diagnostics);
        if (result["schema"] is not { } schema)
        {
            diagnostics.Report(Causes.MissingMember, result, "schema");
            return;
        }

        var shape = schemas.Read(schema);
        if (!shape.IsNull)
        {
            command.Result = schemas.Count(shape);
            command.ResultDescription ??= schema.OptionalString("description", diagnostics);
        }
    }

    /// <summary>A stream is described as the array of its items.</summary>
    private void ReadStreaming(JsonNode method, Command command)
    {
        if (IsStreaming(method, command.Result is { IsNullable: false } result ? result : null))
        {
            command.Result = command.Result!.Parts[0];
            command.IsStreaming = true;
        }
    }

    private bool IsStreaming(JsonNode described, Shape? shape)
    {
        var says = described.OptionalBoolean("x-streaming", diagnostics);
        if (says && shape?.Kind != ValueKind.List)
        {
            diagnostics.Report(Causes.NotRepresented, described["x-streaming"]!, "only what is an array of items can be a stream");
            return false;
        }

        return says;
    }

    private IEnumerable<RaisedError> ReadErrors(JsonNode method)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in method.Optional("errors", JsonKind.Array, diagnostics)?.Items ?? [])
        {
            // What has no Python type is an error of another system: there is nothing to tell it apart by.
            if (Object(node) is { } error && error.OptionalString("x-type", diagnostics) is { Length: > 0 } type && types.Add(type))
            {
                yield return new RaisedError(error, type, error.OptionalString("x-description", diagnostics), ReadFields(error, type));
            }
        }
    }

    /// <summary>Several commands may declare one exception: its fields are read once.</summary>
    private DeclaredRecord? ReadFields(JsonNode error, string type)
    {
        if (!_fields.TryGetValue(type, out var fields) && error.Optional("x-fields", JsonKind.Object, diagnostics) is { } schema)
        {
            _fields[type] = fields = new DeclaredRecord(schema, [schema], null);
            schemas.ReadLater(fields);
        }

        return fields;
    }
}
