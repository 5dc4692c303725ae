using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Functions that Python needs from its host, by the name of the class that declares them.</summary>
/// <param name="Place">Where they stand.</param>
/// <param name="Name">The Python class.</param>
/// <param name="Summary">The first paragraph of its docstring.</param>
/// <param name="Description">The others.</param>
/// <param name="Functions">The functions.</param>
internal sealed record HostType(JsonNode Place, string Name, string? Summary, string? Description, IReadOnlyList<HostFunction> Functions);

/// <summary>A function that the host implements.</summary>
internal sealed class HostFunction(JsonNode place, string name)
{
    public JsonNode Place { get; } = place;

    public string Name { get; } = name;

    public string? Summary { get; set; }

    public string? Description { get; set; }

    /// <summary>Its arguments as an object; null where it has none.</summary>
    public DeclaredRecord? Arguments { get; set; }

    /// <summary>What it returns; null for nothing.</summary>
    public Shape? Result { get; set; }

    public string? ResultDescription { get; set; }
}
