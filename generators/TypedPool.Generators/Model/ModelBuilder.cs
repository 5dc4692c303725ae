using TypedPool.Generators.Collections;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Naming;
using TypedPool.Generators.Schema;

namespace TypedPool.Generators.Model;

/// <summary>Turns a document that was read into what will be emitted; no position survives this.</summary>
internal sealed class ModelBuilder
{
    private readonly DocumentNames _names;
    private readonly SchemaDiagnostics _diagnostics;

    private ModelBuilder(DocumentNames names, SchemaDiagnostics diagnostics)
    {
        _names = names;
        _diagnostics = diagnostics;
    }

    public static DocumentModel Build(
        string path, Document document, ClientModel client, SchemaDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var builder = new ModelBuilder(new DocumentNames(document, client.Name, diagnostics), diagnostics);
        var parts = new List<Part> { new ClientPart(document.Contract is not null, document.Title, document.Description) };
        if (document.Contract is not null)
        {
            parts.Add(new ContractPart(document.Contract, document.ContractText));
        }

        parts.AddRange(builder._names.RaisedErrors.Select(builder.Exception));
        foreach (var type in document.Types)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parts.Add(type is DeclaredRecord record ? builder.Record(record) : builder.Enum((DeclaredEnum)type));
        }

        foreach (var command in document.Commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parts.Add(builder.Command(command));
        }

        var coverage = new Coverage(document.Positions, document.TypedPositions);
        return new DocumentModel(path, client, FileLayout.Arrange(client, parts), coverage);
    }

    private ExceptionPart Exception(RaisedError error)
    {
        var name = _names.OfException(error.Type);
        var fields = error.Fields is null ? default : Members(error.Fields.Members, name, null, ReservedNames.OfExceptions);
        return new ExceptionPart(name, error.Type, error.Description, fields);
    }

    private RecordPart Record(DeclaredRecord type)
    {
        var name = _names.Of(type);
        var members = Members(type.Members, name, null);
        var others = type.Others is null ? null : new OtherMembers(
            MemberNames.Beside(members.Select(member => member.Property).Append(name), "AdditionalMembers", "OtherAdditionalMembers"), Type(type.Others));
        return new RecordPart(name, type.Description, members, others, type.IsRead, type.IsWritten);
    }

    private EnumPart Enum(DeclaredEnum type)
    {
        var names = MemberNames.Values(type, _diagnostics);
        var values = type.Values.Select(value => new EnumValueModel(names[value], value.Text, value.Number));
        return new EnumPart(_names.Of(type), type.Description, new(values), type.IsString, type.IsRead, type.IsWritten);
    }

    private CommandPart Command(Command command)
    {
        var parameters = MemberNames.Parameters(command.Parameters);
        var request = command.Parameters.Count > 0 ? _names.OfRequest(command) : null;
        return new CommandPart(
            command.Name,
            _names.OfMethod(command),
            request,
            request is null ? default : Members(command.Parameters, request, parameters),
            command.Result is null ? TypeRef.NoResult : Type(command.Result),
            new(command.Errors.Select(error => new ErrorModel(
                error.Type, _names.OfException(error.Type), error.Description, error.Fields is { Members.Count: > 0 }))),
            new CommandDocumentation(command.Summary, command.Description, command.ResultDescription, command.Deprecation),
            command.IsIdempotent,
            command.IsByPosition,
            MemberNames.Beside(parameters.Values, "options", "callOptions"),
            MemberNames.Beside(parameters.Values, "cancellationToken", "callCancellationToken"));
    }

    private EquatableArray<MemberModel> Members(
        IReadOnlyList<Member> members, string type, Dictionary<Member, string>? parameters, string[]? reserved = null)
    {
        var properties = MemberNames.Properties(members, [type, .. reserved ?? ReservedNames.OfRecords], _diagnostics);
        return new(members.Select(member => new MemberModel(
            member.Name,
            properties[member],
            parameters?[member] ?? "",
            Type(member.Shape),
            PresenceOf(member),
            member.Default is null ? null : DefaultText.Of(member.Default),
            member.Description,
            member.IsDeprecated)));
    }

    private static Presence PresenceOf(Member member) =>
        member.IsRequired ? Presence.Required
        : member.Shape.IsNullable && member.Default?.Kind != JsonKind.Null ? Presence.Distinguished
        : Presence.Optional;

    private TypeRef Type(Shape shape) => new(
        shape.Kind,
        shape.Scalar,
        shape.Declared is null ? "" : _names.Of(shape.Declared),
        new(shape.Parts.Select(Type)),
        shape.IsNullable);
}
