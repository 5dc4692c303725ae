using TypedPool.Generators.Emit.Kinds;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Where the emitters write, and how the types of this schema are called.</summary>
internal sealed class EmitContext(ClientModel client, CodeWriter code)
{
    public CodeWriter Code { get; } = code;

    public string Accessibility { get; } = client.Accessibility;

    /// <summary>The class's name for a declaration.</summary>
    public string Client { get; } = Identifier.Escape(client.Name);

    public string Interface { get; } = "I" + client.Name;

    /// <summary>The class that holds readers and writers, for a declaration.</summary>
    public string Json { get; } = client.Name + "Json";

    public string Namespace { get; } = Identifier.EscapeNamespace(client.Namespace);

    public string Global(string name) => $"global::{Namespace}.{Identifier.Escape(name)}";

    public string JsonMember(string name) => $"{Global(Json)}.{name}";

    /// <summary>The type in C#.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isParameter">Whether lists and maps are what any collection is, not our own.</param>
    public string Type(TypeRef type, bool isParameter) => NotNull(type, isParameter) + (type.IsNullable ? "?" : "");

    /// <summary>The type in C# of what may also be null.</summary>
    public string OrNull(TypeRef type, bool isParameter) => NotNull(type, isParameter) + "?";

    /// <summary>The type in C# of a member.</summary>
    public string Member(MemberModel member, bool isParameter) => member.Presence switch
    {
        Presence.Required => Type(member.Type, isParameter),
        Presence.Optional => OrNull(member.Type, isParameter),
        _ => $"{Names.Optional}<{OrNull(member.Type, isParameter)}>",
    };

    private string NotNull(TypeRef type, bool isParameter) => KindEmitters.Of(type).Type(this, type, isParameter);
}
