using TypedPool.Generators.Collections;

namespace TypedPool.Generators.Model;

/// <summary>A piece of generated code: what one emitter writes, and exactly what it needs for that.</summary>
/// <param name="Key">Its kind and name, unique in its document; files are named by it.</param>
internal abstract record Part(string Key);

/// <summary>The interface and the class, without their commands.</summary>
internal sealed record ClientPart(bool HasContract, string? Title, string? Description) : Part("");

/// <summary>The contract, which changes with every type: so that the class does not, it has a file of its own.</summary>
/// <param name="Hash">The hash.</param>
/// <param name="Text">What is hashed, where it can be told.</param>
internal sealed record ContractPart(string Hash, string? Text) : Part("contract");

/// <summary>A command: its part of the interface and of the class, and its request.</summary>
/// <param name="WireName">Its name in JSON-RPC.</param>
/// <param name="Method">The C# method.</param>
/// <param name="Request">The request record; null for a command without parameters.</param>
/// <param name="Parameters">Its parameters in the document's order.</param>
/// <param name="Result">What it returns; of a stream, what an item is.</param>
/// <param name="Errors">The exceptions that it declares.</param>
/// <param name="Documentation">What is known of it in words.</param>
/// <param name="Attaches">Whether something in its parameters may travel beside the request.</param>
/// <param name="ReadsAttachments">Whether something in its result may travel beside the answer.</param>
/// <param name="IsIdempotent">Whether running it twice does no more than once.</param>
/// <param name="IsByPosition">Whether its arguments are an array.</param>
/// <param name="IsStreaming">Whether it returns its result item by item.</param>
/// <param name="Options">The name of our parameter for call options in the flat overload.</param>
/// <param name="Cancellation">The name of our parameter for the token in the flat overload.</param>
internal sealed record CommandPart(
    string WireName,
    string Method,
    string? Request,
    EquatableArray<MemberModel> Parameters,
    TypeRef Result,
    EquatableArray<ErrorModel> Errors,
    CommandDocumentation Documentation,
    bool Attaches,
    bool ReadsAttachments,
    bool IsIdempotent,
    bool IsByPosition,
    bool IsStreaming,
    string Options,
    string Cancellation) : Part("command-" + Method);

/// <summary>What is known of a command in words.</summary>
internal sealed record CommandDocumentation(string? Summary, string? Description, string? Result, string? Deprecation);

/// <summary>An exception that a command declares.</summary>
internal sealed record ErrorModel(string PythonType, string Exception, string? Description, bool HasFields);

/// <summary>A record with its reader and writer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its documentation.</param>
/// <param name="Members">Its members.</param>
/// <param name="Others">What keeps the members that the schema does not name; null where they are skipped.</param>
/// <param name="IsRead">Whether it has a reader.</param>
/// <param name="IsWritten">Whether it has a writer.</param>
internal sealed record RecordPart(
    string Name, string? Description, EquatableArray<MemberModel> Members, OtherMembers? Others, bool IsRead, bool IsWritten)
    : Part("type-" + Name);

/// <summary>The property that keeps the members that the schema does not name.</summary>
internal sealed record OtherMembers(string Property, TypeRef Value);

/// <summary>An enum with its reader and writer.</summary>
internal sealed record EnumPart(
    string Name, string? Description, EquatableArray<EnumValueModel> Values, bool IsString, bool IsFlags, bool IsRead, bool IsWritten)
    : Part("type-" + Name);

/// <summary>A value of an enum.</summary>
internal sealed record EnumValueModel(string Name, string Text, long Number);

/// <summary>An exception class, with its reader where it has fields.</summary>
internal sealed record ExceptionPart(string Name, string PythonType, string? Description, EquatableArray<MemberModel> Fields)
    : Part("type-" + Name);
