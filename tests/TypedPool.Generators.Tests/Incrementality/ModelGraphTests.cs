using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Model;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Incrementality;

/// <summary>What the pipeline keeps must hold no compilation, text or position alive.</summary>
public sealed class ModelGraphTests
{
    public static TheoryData<string> Schemas() => [.. Repository.SchemaNames()];

    [Theory]
    [MemberData(nameof(Schemas))]
    public void No_step_behind_the_reading_keeps_a_text_or_a_symbol(string schema)
    {
        var result = Full(schema).Result;

        foreach (var name in StepNames.All.Except([Steps.Schemas], StringComparer.Ordinal))
        {
            foreach (var step in result.TrackedSteps[name].SelectMany(BehindTheReading))
            {
                Assert.All(step.Outputs, output => Assert.Null(ObjectGraph.Leak(output.Value)));
            }
        }
    }

    [Fact]
    public void The_steps_are_all_that_there_are()
    {
        var constants = typeof(Steps).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var result = Full("contract").Result;
        var ours = result.TrackedSteps
            .Where(step => step.Value.Any(run => !run.Inputs.IsEmpty))
            .Select(step => step.Key)
            .Except(result.TrackedOutputSteps.Keys, StringComparer.Ordinal);

        Assert.Equal(constants.Order(StringComparer.Ordinal), StepNames.All.Order(StringComparer.Ordinal));
        Assert.Equal(StepNames.All.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_walk_finds_what_is_planted()
    {
        var tree = CSharpSyntaxTree.ParseText("class C;", cancellationToken: TestContext.Current.CancellationToken);
        var root = tree.GetRoot(TestContext.Current.CancellationToken);
        var compilation = Generation.Compile("class C;");
        object[] planted =
        [
            compilation, compilation.GlobalNamespace, tree, root, SourceText.From(""), new SchemaFile(""), Location.Create(tree, default),
        ];

        foreach (var item in planted)
        {
            Assert.Same(item, ObjectGraph.Leak(item));
            Assert.Same(item, ObjectGraph.Leak(new Dictionary<string, object>(StringComparer.Ordinal) { ["x"] = new[] { item } }));
            Assert.Same(item, ObjectGraph.Leak(Model(new Leaking(item))));
            Assert.Same(item, ObjectGraph.Leak((Func<object>)(() => item)));
            Assert.Same(item, ObjectGraph.Leak((1, new Lazy<object>(item))));
        }

        Assert.Null(ObjectGraph.Leak(Model(new Leaking("a plain text"))));
    }

    /// <summary>Every step puts something out: there is a twin of the same name, a broken file, and a language that is too old.</summary>
    private static Generation Full(string schema)
    {
        SchemaFile[] files = [.. new[] { "/project/one.json", "/project/twin.json" }.Select(path => new SchemaFile(Repository.Schema(schema), path)), new("[1,", "/project/broken.json")];
        return Scenarios.InLanguage(Generation.Of(files), LanguageVersion.CSharp10);
    }

    /// <summary>A step and those that feed it, named or not, but for those that hold the file itself, or pair it with what was found in it.</summary>
    private static IEnumerable<IncrementalGeneratorRunStep> BehindTheReading(IncrementalGeneratorRunStep step)
    {
        var isPair = step.Name is null && step.Inputs.Any(input => input.Source.Name == Steps.Schemas);
        var isRoot = step.Inputs.IsEmpty || step.Name == Steps.Schemas || isPair;
        return isRoot ? [] : [step, .. step.Inputs.SelectMany(input => BehindTheReading(input.Source))];
    }

    private static DocumentModel Model(Part part)
    {
        var client = new ClientModel("Sample", "Commands", "public");
        return new DocumentModel("", client, new EquatableArray<FileModel>([new FileModel("x", client, new([part]))]), new Coverage(0, 0));
    }

    private sealed record Leaking(object What) : Part("");
}
