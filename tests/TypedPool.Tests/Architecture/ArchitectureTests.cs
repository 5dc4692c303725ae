using System.Diagnostics;
using System.Reflection;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using TypedPool.Testing;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace TypedPool.Tests.Architecture;

/// <summary>The house is as docs/architecture.md draws it. What differs is listed; either the code or the table is wrong.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Runtime = typeof(PythonPool).Assembly;

    private static readonly Lazy<BuiltAssembly> BuiltRuntime = new(() => new BuiltAssembly(Runtime));

    private static readonly Lazy<BuiltAssembly> BuiltGenerator = new(() => new BuiltAssembly(Generator));

    private static Assembly Generator => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "TypedPool.Generators.dll"));

    [Fact]
    public void The_runtime_is_built_as_drawn() => AssertAsDrawn("The runtime", BuiltRuntime.Value);

    [Fact]
    public void The_generator_is_built_as_drawn() => AssertAsDrawn("The generator", BuiltGenerator.Value);

    [Fact]
    public async Task The_bridge_is_built_as_drawn()
    {
        var bridge = await BuiltPackage.ReadAsync(RepositoryRoot.Combine("python", "typedpool"));

        AssertNone(new HouseInspection(HousePlan.Read("The bridge"), bridge.Modules, bridge.Arrows).Differences());
        Assert.Empty(bridge.Circle());
    }

    [Fact]
    public void The_runtime_knows_of_no_compiler_and_of_no_generator()
    {
        Assert.DoesNotContain(References(Runtime), name => name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.DoesNotContain("TypedPool.Generators", References(Runtime));
    }

    [Fact]
    public void The_generator_knows_of_the_compiler_and_not_of_the_runtime()
    {
        Assert.Contains("Microsoft.CodeAnalysis", References(Generator));
        Assert.DoesNotContain("TypedPool", References(Generator));
    }

    [Fact]
    public void What_generated_code_can_see_is_in_two_namespaces_and_what_stands_for_a_pool_in_a_third() =>
        Assert.Equal(
            ["TypedPool", "TypedPool.Fakes", "TypedPool.Serialization"],
            Runtime.GetExportedTypes().Select(type => type.Namespace).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void Processes_of_the_operating_system_are_touched_in_one_room()
    {
        var rule = Types().That().DoNotResideInNamespace("TypedPool.Workers.Processes")
            .Should().NotDependOnAny(typeof(Process), typeof(ProcessStartInfo));

        Assert.Empty(Violations(rule, BuiltRuntime.Value));
        Assert.NotEmpty(Violations(Types().Should().NotDependOnAny(typeof(Process)), BuiltRuntime.Value));
    }

    [Fact]
    public void The_folders_in_the_picture_are_there()
    {
        var picture = File.ReadLines(RepositoryRoot.Combine("docs", "architecture.md"))
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("    ", StringComparison.Ordinal));
        var drawn = picture.SelectMany(line => line.Split(' ')).Where(word => word.EndsWith('/')).ToArray();
        string[] parts = ["", "src/TypedPool/", "generators/TypedPool.Generators/", "python/typedpool/"];

        Assert.DoesNotContain(drawn, folder => !parts.Any(part => Directory.Exists(RepositoryRoot.Combine(part, folder))));
        Assert.Superset(parts.Skip(1).ToHashSet(), drawn.ToHashSet());
        foreach (var part in parts.Skip(1))
            Assert.Superset(Folders(RepositoryRoot.Combine(part)).ToHashSet(), drawn.ToHashSet());
    }

    private static void AssertAsDrawn(string part, BuiltAssembly built) =>
        AssertNone(new HouseInspection(HousePlan.Read(part), built.Types, built.Arrows).Differences());

    /// <summary>Unlike Assert.Empty, shows them whole.</summary>
    private static void AssertNone(IReadOnlyList<string> differences) => Assert.True(differences.Count == 0, string.Join('\n', differences));

    private static IEnumerable<string> Violations(TypesShouldConjunction rule, BuiltAssembly built) =>
        rule.Evaluate(built.Architecture).Where(result => !result.Passed).Select(result => result.Description);

    /// <summary>The folders with sources in them.</summary>
    private static IEnumerable<string> Folders(string part) =>
        from file in Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories)
        where Path.GetExtension(file) is ".cs" or ".py" or ".targets"
        let folder = Path.GetRelativePath(part, Path.GetDirectoryName(file)!).Replace('\\', '/')
        where folder != "." && !folder.StartsWith("bin", StringComparison.Ordinal) && !folder.StartsWith("obj", StringComparison.Ordinal)
        select folder + "/";

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
