using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>A project that asks the compiler and every analyzer for all they have, and builds what is generated from every snapshot.</summary>
[HangLimit(300)]
public sealed class StrictBuildTests(PackedPackage package)
{
    private const string Strict = """
        <Nullable>enable</Nullable>
        <AnalysisMode>All</AnalysisMode>
        <AnalysisLevel>latest</AnalysisLevel>
        <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <IsAotCompatible>true</IsAotCompatible>
        <CheckForOverflowUnderflow>true</CheckForOverflowUnderflow>
        <WarningLevel>9999</WarningLevel>
        """;

    /// <summary>The snapshots hold dangling references, files that are missing, and schemas whose names differ in case alone.</summary>
    private const string OnPurpose = "$(NoWarn);TP0013;TP0026;CA1708";

    [Fact]
    public async Task Code_of_every_snapshot_builds_with_all_analyzers_and_says_how_much_is_typed()
    {
        using var projects = new ThrowawayProjects(package);
        var snapshots = Directory.GetFiles(RepositoryRoot.Combine("tests", "TypedPool.Generators.Tests", "Snapshots"), "*.json");
        var items = string.Join('\n', snapshots.Select((path, i) =>
            $"<TypedPoolSchema Include=\"{Path.GetFileName(path)}\" Namespace=\"Client.Schema{i}\" />"));
        projects.Write("Client/Client.csproj", Project(Strict + $"<NoWarn>{OnPurpose}</NoWarn>", items));
        foreach (var path in snapshots)
        {
            projects.Write("Client/" + Path.GetFileName(path), File.ReadAllText(path));
        }

        var first = await projects.SucceedAsync("Client", "build");
        var second = await projects.SucceedAsync("Client", "build", "--no-restore");

        Assert.NotEmpty(snapshots);
        foreach (var output in (string[])[first, second])
        {
            var line = Assert.Single(output.Split('\n', StringSplitOptions.TrimEntries), text => text.StartsWith("TypedPool: ", StringComparison.Ordinal));
            Assert.Matches(@"^TypedPool: \d+ of \d+ positions typed$", line);
        }
    }

    [Fact]
    public async Task Severities_are_set_by_globalconfig_NoWarn_and_WarningsAsErrors()
    {
        using var projects = new ThrowawayProjects(package);
        projects.Write("Client/Client.csproj", Project("", """
            <TypedPoolSchema Include="commands.openrpc.json" Namespace="Client.Python" />
            <GlobalAnalyzerConfigFiles Include="severities.globalconfig" Condition="Exists('severities.globalconfig')" />
            """));
        projects.Write("Client/commands.openrpc.json", """
            {
              "openrpc": "1.3.2",
              "info": { "title": "commands", "version": "1.0.0" },
              "methods": [ { "name": "greet", "params": [], "result": { "name": "result", "schema": { "$ref": "#/components/nowhere" } } } ]
            }
            """);

        var output = await projects.SucceedAsync("Client", "build");
        Assert.Contains("commands.openrpc.json(4,99): warning TP0013", output, StringComparison.Ordinal);

        Assert.DoesNotContain("TP0013", await projects.SucceedAsync("Client", "build", "--no-restore", "--no-incremental", "-p:NoWarn=TP0013"), StringComparison.Ordinal);

        var errors = await projects.FailAsync("Client", "build", "--no-restore", "--no-incremental", "-p:WarningsAsErrors=TP0013");
        Assert.Contains("commands.openrpc.json(4,99): error TP0013", Assert.Single(errors), StringComparison.Ordinal);

        projects.Write("Client/severities.globalconfig", "is_global = true\ndotnet_diagnostic.TP0013.severity = error\n");
        errors = await projects.FailAsync("Client", "build", "--no-restore", "--no-incremental");
        Assert.Contains("commands.openrpc.json(4,99): error TP0013", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static string Project(string properties, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="TypedPool" Version="0.1.0" />
            {items}
          </ItemGroup>
        </Project>
        """;
}
