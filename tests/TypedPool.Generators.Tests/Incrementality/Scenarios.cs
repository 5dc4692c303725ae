using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

/// <summary>The table of edits, with what each of them runs again.</summary>
internal static class Scenarios
{
    private const string Ping = "    {\n      \"name\": \"ping\"";
    private const string Store = "    {\n      \"name\": \"store\"";
    private const string Classify = "    {\n      \"name\": \"classify\"";

    public static readonly string Schema = Repository.Schema("contract");
    public static readonly SchemaFile File = new(Schema);
    private static readonly SchemaFile Other = new(Repository.Schema("nullable"), "/project/other.json");
    private static readonly SchemaFile Unreadable = new(null);
    private static readonly string PingCommand = Schema[Schema.IndexOf(Ping, StringComparison.Ordinal)..Schema.IndexOf(Store, StringComparison.Ordinal)];

    /// <summary>All files in their order; Roslyn compares outputs by position, so a new file rewrites those behind it.</summary>
    private static readonly string[] Everything =
    [
        "", "-command-ClassifyAsync", "-command-PingAsync", "-command-StoreAsync", "-contract", "-type-ClassifyMode",
        "-type-EmptyTextException", "-type-Kind", "-type-Label", "-type-Level", "-type-Node",
    ];

    public static readonly Scenario[] All =
    [
        // Beside the schema.          Schemas Contents Readings Models Collisions Files Diagnostics Language Coverage | emitted
        new("nothing at all",                       "C C C C C C - - C | C", [], first => first.Then()),
        new("an unrelated edit of the code",        "C C C C C C - - C | C", [], first => first.Then(compilation: AddClass)),
        new("an unrelated JSON file added",         "U C C C C C - - C | C", [], first => first.Then(Add(new SchemaFile("{}", "/project/x.other.json")))),
        new("equal options of another provider",    "C C C C C C - - C | C", [], first => first.Then(Options(new ProjectOptions()))),
        new("options changed",                      "M M M M U M - - C | CM", Everything, first => first.Then(Options(new ProjectOptions("Changed")))),
        new("an older language, which still will do", "C C C C C C - - C | C", [], first => InLanguage(first, LanguageVersion.CSharp12)),
        new("a language that is too old",           "C C C C C C - N C | CN", [], first => InLanguage(first, LanguageVersion.CSharp10)),

        // In the schema.
        new("white space",                          "M U C C C C - - C | C", [], Edit("\"methods\"", "\r\n\r\n \"methods\"")),
        new("a description",                        "M M M M C UM - - C | CM", ["-type-Label"], Edit("The class docstring.", "Other words.")),
        new("the summary of a command",             "M M M M C UM - - C | CM", ["-command-ClassifyAsync"], Edit("First line of", "First words of")),
        new("the summary moved to another line",    "M M U C C C - - C | C", [], MoveSummary),
        new("one type",                             "M M M M C UM - - C | CM", ["-contract", "-type-Level"], Edit("[ 1, 2, -5 ]", "[ 1, 3, -5 ]")),
        new("the type of a field",                  "M M M M C UM - - C | CM", ["-contract", "-type-Node"], Edit("\"additionalProperties\": { \"type\": \"boolean\" }", "\"additionalProperties\": { \"type\": \"string\" }")),
        new("the contract",                         "M M M M C UM - - C | CM", ["-contract"], Edit("sha256:4f0c", "sha256:5a1d")),
        new("the title",                            "M M M M C UM - - C | CM", [""], Edit("\"title\": \"commands\"", "\"title\": \"orders\"")),
        new("the name of an enum's value",          "M M M M C UM - - C | CM", ["-type-Level"], Edit("\"HIGH\"", "\"HIGHEST\"")),
        new("the name of a parameter",              "M M M M C UM - - C | CM", ["-command-ClassifyAsync", "-contract"], Edit("\"name\": \"limit\"", "\"name\": \"most\"")),
        new("the text of an error",                 "M M M M C UM - - C | CM", ["-command-ClassifyAsync", "-type-EmptyTextException"], Edit("When it is raised.", "When?")),
        new("a command added",                      "M M M M C UMN - - C | CMN", ["-command-PongAsync", .. Everything[3..]], first => first.Then(Replace(Insert(PingCommand.Replace("ping", "pong", StringComparison.Ordinal), before: Store)))),
        new("a command removed",                    "M M M M C UMR - - C | CMR", Everything[3..], first => first.Then(Replace(Schema.Replace(PingCommand, "", StringComparison.Ordinal)))),
        new("commands reordered",                   "M M U C C C - - C | C", [], first => first.Then(Replace(Insert(PingCommand, before: Classify, into: Schema.Replace(PingCommand, "", StringComparison.Ordinal))))),
        new("a type that none uses added",          "M M M M C UMN - - C | CMN", ["-contract", "-type-Zebra"], Edit("\"Kind\":", "\"Zebra\": { \"enum\": [ \"z\" ] }, \"Kind\":")),
        new("something that cannot be typed",       "M M M M C UM N - C | CMN", ["-contract"], Edit("\"payload\": {}", "\"payload\": { \"not\": {} }")),
        new("an unfinished edit",                   "M M M U C C N - C | CN", [], Edit("\"additionalProperties\": false\n      }\n    }\n  }\n}", "\"additionalProperties\": false\n      }\n    }\n  ")),

        // Its file.
        new("the file renamed",                     "M M M M U U - - C | C", [], first => first.Then(Replace(Schema, "/project/renamed.json"))),
        new("the file removed",                     "R R R R U R - - R | R", [], first => first.Then(driver => driver.RemoveAdditionalTexts([File]))),
        new("the file not readable any more",       "M M M R U R N - R | NR", [], first => first.Then(Replace(null))),
        new("the file readable again",              "M M M N U N R - N | NR", Everything, first => first.Then(driver => driver.ReplaceAdditionalText(Unreadable, File)))
        {
            Begin = () => Generation.Of([Unreadable]),
        },

        // Two documents.
        new("one of two edited",                    "UM CM CM CM C CUM - - C | CM", ["-type-Label"], Edit("The class docstring.", "Other words.")) { Begin = Two },
        new("white space in one of two",            "UM CU C C C C - - C | C", [], Edit("\"methods\"", " \"methods\"")) { Begin = Two },
        new("the other of two removed",             "UR CR CR CR U CR - - M | CMR", [], first => first.Then(driver => driver.RemoveAdditionalTexts([Other]))) { Begin = Two },
        new("a twin of the same name added",        "UN CN CN CN M U - - M | CMN", [], first => first.Then(Add(new SchemaFile(Schema, "/project/twin.json")))),
    ];

    public static Func<GeneratorDriver, GeneratorDriver> Replace(string? schema, string? path = null) =>
        driver => driver.ReplaceAdditionalText(File, path is null ? new SchemaFile(schema) : new SchemaFile(schema, path));

    public static Generation One() => Generation.Of([File]);

    private static Generation Two() =>
        Generation.Of([File, Other], new ProjectOptions { Files = { [Other.Path] = ("Second", "Nulls", "internal") } });

    private static Func<Generation, Generation> Edit(string text, string instead)
    {
        var edited = Schema.Replace(text, instead, StringComparison.Ordinal);
        Assert.NotEqual(Schema, edited);
        return first => first.Then(Replace(edited));
    }

    private static Generation MoveSummary(Generation first)
    {
        const string Summary = "\"summary\": \"First line of the docstring.\",";
        return first.Then(Replace(Insert(Summary, before: "\"paramStructure\"", into: Schema.Replace(Summary, "", StringComparison.Ordinal))));
    }

    private static string Insert(string text, string before, string? into = null)
    {
        into ??= Schema;
        return into.Insert(into.IndexOf(before, StringComparison.Ordinal), text);
    }

    private static Func<GeneratorDriver, GeneratorDriver> Add(SchemaFile file) => driver => driver.AddAdditionalTexts([file]);

    private static Func<GeneratorDriver, GeneratorDriver> Options(ProjectOptions options) => driver => driver.WithUpdatedAnalyzerConfigOptions(options);

    public static Generation InLanguage(Generation first, LanguageVersion version) => first.Then(
        driver => driver.WithUpdatedParseOptions(new CSharpParseOptions(version, DocumentationMode.Diagnose)), _ => Generation.Compile("", version));

    private static CSharpCompilation AddClass(CSharpCompilation compilation) => compilation.AddSyntaxTrees(
        CSharpSyntaxTree.ParseText("internal class Other;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Other.cs"));
}
