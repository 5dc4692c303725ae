using TypedPool.Generators.Collections;

namespace TypedPool.Generators.Model;

/// <summary>Functions that the host implements: their interface, and what makes of an implementation something to register.</summary>
/// <param name="WireName">The Python class.</param>
/// <param name="Interface">The interface's name.</param>
/// <param name="Summary">Its documentation.</param>
/// <param name="Description">More of it.</param>
/// <param name="Functions">The functions.</param>
internal sealed record HostPart(string WireName, string Interface, string? Summary, string? Description, EquatableArray<HostFunctionModel> Functions)
    : Part("host-" + Interface);

/// <summary>A function that the host implements.</summary>
/// <param name="WireName">Its name in Python.</param>
/// <param name="Method">The C# method.</param>
/// <param name="Arguments">The record of its arguments; null where it has none.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Result">What it returns.</param>
/// <param name="Documentation">What is known of it in words.</param>
/// <param name="Call">The name of our parameter for the call.</param>
/// <param name="Cancellation">The name of our parameter for the token.</param>
internal sealed record HostFunctionModel(
    string WireName,
    string Method,
    string? Arguments,
    EquatableArray<MemberModel> Parameters,
    TypeRef Result,
    CommandDocumentation Documentation,
    string Call,
    string Cancellation);
