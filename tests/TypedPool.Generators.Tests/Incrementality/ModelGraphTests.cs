using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
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
        var result = Generation.Of(Repository.Schema(schema)).Result;

        foreach (var step in StepNames.All.Except([Steps.Schemas], StringComparer.Ordinal))
        {
            foreach (var output in result.TrackedSteps.GetValueOrDefault(step, []).SelectMany(run => run.Outputs))
            {
                Assert.Null(Leak(output.Value));
            }
        }
    }

    [Fact]
    public void The_walk_finds_what_is_planted()
    {
        var tree = CSharpSyntaxTree.ParseText("class C;", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = Generation.Compile("class C;");
        object[] planted =
        [
            compilation, compilation.GlobalNamespace, tree, tree.GetRoot(TestContext.Current.CancellationToken), SourceText.From(""), new SchemaFile(""),
            Location.Create(tree, default),
        ];

        Assert.All(planted, item => Assert.NotNull(Leak(new Holder(new Dictionary<string, object>(StringComparer.Ordinal) { ["x"] = new[] { item } }))));
        Assert.Null(Leak(new Holder("a plain text")));
    }

    private static object? Leak(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.Count > 0)
        {
            var item = open.Pop();
            if (item is null or string or DiagnosticDescriptor or Type || item.GetType().IsPrimitive || !seen.Add(item))
            {
                continue;
            }

            if (item is Compilation or ISymbol or SyntaxNode or SyntaxTree or SourceText or AdditionalText or Location)
            {
                return item;
            }

            foreach (var child in item is IEnumerable items ? items.Cast<object?>() : Fields(item))
            {
                open.Push(child);
            }
        }

        return null;
    }

    private static IEnumerable<object?> Fields(object item)
    {
        for (var type = item.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field.GetValue(item);
            }
        }
    }

    private sealed record Holder(object Value);
}
