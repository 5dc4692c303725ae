using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>A method of the document.</summary>
internal sealed class Command(JsonNode place, string name)
{
    public JsonNode Place { get; } = place;

    public string Name { get; } = name;

    public string? Summary { get; set; }

    public string? Description { get; set; }

    public IReadOnlyList<Member> Parameters { get; set; } = [];

    /// <summary>What it returns; null for nothing.</summary>
    public Shape? Result { get; set; }

    public string? ResultDescription { get; set; }

    public IReadOnlyList<RaisedError> Errors { get; set; } = [];

    /// <summary>Why not to use it any more; null where it may be used.</summary>
    public string? Deprecation { get; set; }

    public bool IsIdempotent { get; set; }

    /// <summary>Whether it returns its result item by item: the result is what one of them holds then.</summary>
    public bool IsStreaming { get; set; }

    /// <summary>Whether its arguments are sent as an array, in the order of its parameters.</summary>
    public bool IsByPosition { get; set; }

    /// <summary>Whether something in its parameters may travel beside the request: see <see cref="Attaching"/>.</summary>
    public bool Attaches { get; set; }

    /// <summary>Whether something in its result may travel beside the answer.</summary>
    public bool ReadsAttachments { get; set; }
}

/// <summary>An exception that a command declares.</summary>
/// <param name="Place">Where it is declared.</param>
/// <param name="Type">The Python class, qualified.</param>
/// <param name="Description">When it is raised.</param>
/// <param name="Fields">What it carries beside its message; null for nothing.</param>
internal sealed record RaisedError(JsonNode Place, string Type, string? Description, DeclaredRecord? Fields);

/// <summary>A document as it was read.</summary>
internal sealed class Document
{
    public string? Contract { get; set; }

    /// <summary>What the contract is the hash of; null where there is none, or where it cannot be told.</summary>
    public string? ContractText { get; set; }

    public string? Title { get; set; }

    public string? Description { get; set; }

    public List<Command> Commands { get; } = [];

    /// <summary>What Python needs from its host.</summary>
    public List<HostType> Hosts { get; } = [];

    /// <summary>The declared types in the order in which they were met.</summary>
    public List<DeclaredType> Types { get; } = [];

    /// <summary>What the document's own components come to, which are kept even where no command uses them.</summary>
    public List<Shape> Components { get; } = [];

    /// <summary>What all parameters, results and members hold.</summary>
    public List<Shape> Positions { get; } = [];
}
