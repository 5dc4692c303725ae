using System.Globalization;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Naming;
using TypedPool.Generators.Schema;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Model;

/// <summary>Turns a document that was read into what will be emitted; no position survives this.</summary>
internal sealed class ModelBuilder
{
    private readonly DocumentNames _names;
    private readonly SchemaDiagnostics _diagnostics;
    private readonly Dictionary<DeclaredEnum, Dictionary<EnumValue, string>> _valueNames = [];

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
            parts.Add(builder.Type(type));
        }

        foreach (var command in document.Commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parts.Add(builder.Command(command));
        }

        parts.AddRange(document.Hosts.Select(builder.Host));
        var coverage = new Coverage(document.Positions.Count, document.Positions.Count(shape => shape.IsTyped));
        return new DocumentModel(path, client, FileLayout.Arrange(client, parts), coverage);
    }

    private Part Type(DeclaredType type) => type switch
    {
        DeclaredRecord record => Record(record),
        DeclaredUnion union => UnionModels.Of(union, _names, Type),
        DeclaredEnum { Kind: ValueKind.Choice } choice => Choice(choice),
        _ => Enum((DeclaredEnum)type),
    };

    private ExceptionPart Exception(RaisedError error)
    {
        var name = _names.OfException(error.Type);
        var fields = error.Fields is null ? default : Members(error.Fields.Members, name, null, ReservedNames.OfExceptions);
        return new ExceptionPart(name, error.Type, error.Description, fields);
    }

    private RecordPart Record(DeclaredRecord type)
    {
        var name = _names.Of(type);
        EquatableArray<MemberModel> members = new(Members(type.Members, name, null)
            .Zip(type.Members, (model, member) => member.IsFixed ? model with { Fixed = ValueNames((DeclaredEnum)member.Shape.Declared!).Values.Single() } : model));
        var others = type.Others is null ? null : new OtherMembers(
            MemberNames.Beside(members.Select(member => member.Property).Append(name), "AdditionalMembers", "OtherAdditionalMembers"), Type(type.Others));
        return new RecordPart(name, type.Description, members, others, type.IsRead, type.IsWritten);
    }

    private EnumPart Enum(DeclaredEnum type)
    {
        var names = ValueNames(type);
        var values = type.Values.Select(value => new EnumValueModel(names[value], value.Text, value.Number));
        return new EnumPart(_names.Of(type), type.Description, new(values), type.IsString, type.IsFlags, type.IsRead, type.IsWritten);
    }

    private ChoicePart Choice(DeclaredEnum type)
    {
        var names = ValueNames(type);
        var values = type.Values.Select(value => new ChoiceValueModel(
            names[value], type.Base == ChoiceBase.Number ? ChoiceHolds.Number : HoldsOf(value.Place), value.Place.Text));
        var holds = type.Base switch
        {
            ChoiceBase.String => ChoiceHolds.String,
            ChoiceBase.Integer => ChoiceHolds.Integer,
            ChoiceBase.Number => ChoiceHolds.Number,
            _ => ChoiceHolds.Anything,
        };
        return new ChoicePart(_names.Of(type), type.Description, new(values), holds, type.IsOpen, type.IsRead, type.IsWritten);
    }

    private static ChoiceHolds HoldsOf(JsonNode value) => value.Kind switch
    {
        JsonKind.String => ChoiceHolds.String,
        JsonKind.True => ChoiceHolds.True,
        JsonKind.False => ChoiceHolds.False,
        _ => long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? ChoiceHolds.Integer : ChoiceHolds.Number,
    };

    private Dictionary<EnumValue, string> ValueNames(DeclaredEnum type)
    {
        if (!_valueNames.TryGetValue(type, out var names))
        {
            _valueNames[type] = names = MemberNames.Values(type, _names.Of(type), _diagnostics);
        }

        return names;
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
            command.Attaches,
            command.ReadsAttachments,
            command.IsIdempotent,
            command.IsByPosition,
            command.IsStreaming,
            MemberNames.Beside(parameters.Values, "options", "callOptions"),
            MemberNames.Beside(parameters.Values, "cancellationToken", "callCancellationToken"));
    }

    private HostPart Host(HostType host)
    {
        var methods = MemberNames.Methods(host, _names.OfHost(host), _diagnostics);
        return new HostPart(
            host.Name, _names.OfHost(host), host.Summary, host.Description, new(host.Functions.Select(function => HostFunction(function, methods[function]))));
    }

    private HostFunctionModel HostFunction(HostFunction function, string method)
    {
        var members = function.Arguments?.Members ?? [];
        var parameters = MemberNames.Parameters(members);
        var arguments = function.Arguments is null ? null : _names.Of(function.Arguments);
        return new HostFunctionModel(
            function.Name,
            method,
            arguments,
            arguments is null ? default : Members(members, arguments, parameters),
            function.Result is null ? TypeRef.NoResult : Type(function.Result),
            new CommandDocumentation(function.Summary, function.Description, function.ResultDescription, null),
            MemberNames.Beside(parameters.Values, "call", "hostCall"),
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
            member.IsStreaming ? Stream(member) : Type(member.Shape),
            PresenceOf(member),
            member.Default is null ? null : DefaultText.Of(member.Default),
            member.Description,
            member.IsDeprecated)));
    }

    private static Presence PresenceOf(Member member) =>
        member.IsRequired ? Presence.Required
        : member.Shape.Settled.IsNullable && member.Default?.Kind != JsonKind.Null ? Presence.Distinguished
        : Presence.Optional;

    private TypeRef Stream(Member member) => Type(member.Shape) with { Kind = ValueKind.Stream, Name = member.Name, Constraints = default };

    private TypeRef Type(Shape shape)
    {
        shape = shape.Settled;
        return new TypeRef(
            shape.Kind,
            shape.Scalar,
            shape.Declared is null ? "" : _names.Of(shape.Declared),
            new(shape.Parts.Select(Type)),
            shape.IsNullable,
            new(shape.Constraints));
    }
}
