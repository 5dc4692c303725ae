using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>A project that has its schema in the repository and no <c>TypedPoolModule</c>.</summary>
[HangLimit(300)]
public sealed class SchemaOnlyTests(PackedPackage package)
{
    private const string Schema = """
        {
          "openrpc": "1.3.2",
          "info": { "title": "commands", "version": "1.0.0" },
          "methods": [
            { "name": "greet", "paramStructure": "by-name", "params": [], "result": { "name": "result", "schema": { "type": "string" } } }
          ]
        }
        """;

    [Fact]
    public async Task Build_starts_no_Python_and_needs_a_compiler_that_loads_the_generator()
    {
        using var projects = new ThrowawayProjects(package);
        projects.Write("Client/Client.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TypedPool" Version="0.1.0" />
                <TypedPoolSchema Include="commands.openrpc.json" Namespace="Client.Python" />
              </ItemGroup>
            </Project>
            """);
        projects.Write("Client/commands.openrpc.json", Schema);
        projects.Write("Client/Caller.cs", """
            public static class Caller
            {
                public static System.Threading.Tasks.Task<string> Call(Client.Python.IPythonCommands commands) => commands.GreetAsync();
            }
            """);

        await projects.SucceedAsync("Client", "build");
        Assert.Empty(projects.Python.TakeStarts());
        Assert.False(Directory.Exists(projects["Client/bin/Debug/net10.0/typedpool-bridge"]), "A library leaves the bridge to its program.");

        var errors = await projects.FailAsync("Client", "build", "--no-restore", "-p:CompilerApiVersion=roslyn4.14");
        Assert.Contains("error TPB0006: TypedPool's generator needs a compiler of Roslyn 5.0 or later; this one is 4.14.", Assert.Single(errors), StringComparison.Ordinal);

        await projects.SucceedAsync("Client", "build", "--no-restore", "-p:CompilerApiVersion=odd");

        errors = await projects.FailAsync("Client", "msbuild", "-t:TypedPoolExport");
        Assert.Contains("error TPB0003: The project names no Python module", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Empty(projects.Python.TakeStarts());
    }
}
