using Microsoft.CodeAnalysis;

namespace TypedPool.Generators.Diagnostics;

/// <summary>Every cause that the generator reports, one id a cause. An id is never reused.</summary>
internal static class Causes
{
    private const string Category = "TypedPool";
    private const string HelpBase = "https://github.com/typedpool/typedpool/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor InternalError = new(
        "TP0001",
        "Internal error",
        "The generator failed on {0}: {1}. This is a defect of TypedPool: please report it with the schema that shows it.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0001.md");

    public static readonly DiagnosticDescriptor UnreadableFile = new(
        "TP0002",
        "Schema cannot be read",
        "The schema cannot be read; check that the file exists and may be read",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0002.md");

    public static readonly DiagnosticDescriptor EmptyFile = new(
        "TP0003",
        "Schema is empty",
        "The schema is empty; export it again (python -m typedpool export)",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0003.md");

    public static readonly DiagnosticDescriptor InvalidJson = new(
        "TP0004",
        "Schema is not JSON",
        "This is not JSON: expected {0}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0004.md");

    public static readonly DiagnosticDescriptor DuplicateMember = new(
        "TP0005",
        "Member stands twice",
        "The member \"{0}\" stands twice in this object; the later one counts, so remove the other",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0005.md");

    public static readonly DiagnosticDescriptor LoneSurrogate = new(
        "TP0006",
        "String is not Unicode text",
        "This string holds half of a surrogate pair, which is no Unicode text; U+FFFD stands for it",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0006.md");

    public static readonly DiagnosticDescriptor NotOpenRpc = new(
        "TP0007",
        "Schema is not an OpenRPC document",
        "{0} is no OpenRPC document: {1}; export the schema again (python -m typedpool export) or name another file",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0007.md");

    public static readonly DiagnosticDescriptor UnsupportedVersion = new(
        "TP0008",
        "OpenRPC version is not supported",
        "{0} is \"{1}\"; this generator reads OpenRPC 1.x",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0008.md");

    public static readonly DiagnosticDescriptor WrongKind = new(
        "TP0009",
        "Value is of the wrong kind",
        "{0} should be {1}, but is {2}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0009.md");

    public static readonly DiagnosticDescriptor MissingMember = new(
        "TP0010",
        "Member is missing",
        "{0} lacks the member \"{1}\"",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0010.md");

    public static readonly DiagnosticDescriptor DuplicateCommand = new(
        "TP0011",
        "Command stands twice",
        "{0}: there is a command \"{1}\" before this one; rename or remove one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0011.md");

    public static readonly DiagnosticDescriptor DuplicateParameter = new(
        "TP0012",
        "Parameter stands twice",
        "{0}: the command has a parameter \"{1}\" before this one; rename or remove one of them",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0012.md");

    public static readonly DiagnosticDescriptor DanglingReference = new(
        "TP0013",
        "Reference leads nowhere",
        "{0} refers to \"{1}\", which is not in the document{2}; the type is JsonElement",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0013.md");

    public static readonly DiagnosticDescriptor ExternalReference = new(
        "TP0014",
        "Reference to another document",
        "{0} refers to \"{1}\", which no file of the project holds; the type is JsonElement. Put the schema under components/schemas, or into a file of the project, to have a type.",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0014.md");

    public static readonly DiagnosticDescriptor Untyped = new(
        "TP0015",
        "Schema has no C# type",
        "{0} is {1}; the type is JsonElement",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0015.md");

    public static readonly DiagnosticDescriptor NotRepresented = new(
        "TP0016",
        "Part of the schema is not represented",
        "{0} is typed, but {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0016.md");

    public static readonly DiagnosticDescriptor Renamed = new(
        "TP0017",
        "Name was changed",
        "{0}: the name {1} is taken or reserved, so this is {2}; rename it to choose the C# name yourself",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0017.md");

    public static readonly DiagnosticDescriptor ByPosition = new(
        "TP0018",
        "Parameter is required by its position",
        "{0}: the command takes its parameters by position, and a later one is required, so this one is, too",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0018.md");

    public static readonly DiagnosticDescriptor InvalidNamespace = new(
        "TP0019",
        "Namespace is not valid",
        "The namespace \"{0}\" of the schema is not valid in C#; write identifiers separated by dots. \"{1}\" is used.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0019.md");

    public static readonly DiagnosticDescriptor InvalidName = new(
        "TP0020",
        "Name is not valid",
        "The name \"{0}\" of the schema is not valid in C#; write one identifier. \"{1}\" is used.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0020.md");

    public static readonly DiagnosticDescriptor InvalidAccessibility = new(
        "TP0021",
        "Accessibility is not valid",
        "The accessibility \"{0}\" of the schema is unknown; write public or internal. \"{1}\" is used.",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0021.md");

    public static readonly DiagnosticDescriptor DuplicateClient = new(
        "TP0022",
        "Two schemas generate one class",
        "{0} is generated from {1} already; give one of the two schemas another Name or Namespace",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0022.md");

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "TP0023",
        "C# version is too old",
        "TypedPool's generated code needs C# 11 or later, but the project uses C# {0}; set LangVersion, or leave it to the SDK",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0023.md");

    public static readonly DiagnosticDescriptor TypedPositions = new(
        "TP0024",
        "Positions typed",
        "TypedPool: {0} of {1} positions typed",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0024.md");

    public static readonly DiagnosticDescriptor EnumNames = new(
        "TP0025",
        "Enum names do not fit",
        "{0}: x-enumNames must be as many strings as enum has values; names are made from the values",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0025.md");

    public static readonly DiagnosticDescriptor MissingFile = new(
        "TP0026",
        "Referenced file is missing",
        "{0} refers to the file \"{1}\", which is not among the project's additional files; the type is JsonElement. Add <AdditionalFiles Include=\"…\" /> to the project, or correct the path.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0026.md");

    public static readonly DiagnosticDescriptor Misspelt = new(
        "TP0027",
        "Keyword is misspelt",
        "{0}: \"{1}\" means nothing here; did you mean \"{2}\"?",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0027.md");

    public static readonly DiagnosticDescriptor Ambiguous = new(
        "TP0028",
        "Union's types cannot be told apart",
        "{0} is {1}; the type is JsonElement",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0028.md");

    public static readonly DiagnosticDescriptor NotJoined = new(
        "TP0029",
        "Schemas cannot be joined",
        "{0} is {1}; the type is JsonElement",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpBase + "TP0029.md");
}
