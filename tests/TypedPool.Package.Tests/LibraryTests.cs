using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>A library with two modules and two target frameworks, used by a program that does not name the package.</summary>
[HangLimit(300)]
public sealed class LibraryTests(PackedPackage package)
{
    [Fact]
    public async Task Program_that_uses_a_library_publishes_its_modules_and_the_bridge()
    {
        using var projects = new ThrowawayProjects(package);
        WriteLibrary(projects);
        WriteProgram(projects);

        await projects.SucceedAsync("Program", "publish", "-c", "Debug", "-p:PublishDir=published/");
        var published = projects["Program/published"];

        Assert.Equal(2, projects.Python.TakeRuns().Length);
        Assert.Equal(
            ["more/sums_of_two.py", "python/greetings/__init__.py", "python/greetings/words.py", "sums.py"],
            projects.FilesOf("Program/published")
                .Where(file => file.EndsWith(".py", StringComparison.Ordinal) && !file.StartsWith("typedpool-bridge/", StringComparison.Ordinal)));
        var outcome = await CommandLine.RunAsync(
            "dotnet", [Path.Combine(published, "Program.dll")], Path.GetPathRoot(published),
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["TYPEDPOOL_PYTHON"] = Python.Default.Path },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, "Hello 3"), (outcome.ExitCode, outcome.Output.Trim()));

        // The outer build of all target frameworks, the other of which has not been built yet.
        await projects.SucceedAsync("Library", "build", "--no-restore");
        Assert.Equal(2, projects.Python.TakeRuns().Length);
        await projects.SucceedAsync("Library", "msbuild", "-t:TypedPoolCheck", "-p:TypedPoolCheckExact=true");
        Assert.Equal(2, projects.Python.TakeRuns().Length);
    }

    private static void WriteLibrary(ThrowawayProjects projects)
    {
        projects.Write("Library/Library.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
                <EnableWindowsTargeting>true</EnableWindowsTargeting>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TypedPool" Version="0.1.0" />
                <TypedPoolModule Include="python/greetings" Schema="schemas/greetings.openrpc.json" Name="Greetings" Namespace="Library.Greeting" />
                <TypedPoolModule Include="../shared/sums.py" Schema="schemas/sums.openrpc.json" SearchPath="../shared/more;elsewhere" Name="Sums" Namespace="Library.Summing" />
              </ItemGroup>
            </Project>
            """);
        projects.Write("Library/schemas/README", "The schemas of the two modules.");
        projects.Write("Library/python/greetings/__init__.py", """
            from typedpool import command

            from .words import HELLO


            @command
            def greet() -> str:
                return HELLO

            """);
        projects.Write("Library/python/greetings/words.py", "HELLO = \"Hello\"\n");
        projects.Write("shared/more/sums_of_two.py", """
            def add(a: int, b: int) -> int:
                return a + b

            """);
        projects.Write("shared/sums.py", """
            import sums_of_two
            from typedpool import command


            @command
            def add(a: int, b: int) -> int:
                return sums_of_two.add(a, b)

            """);
    }

    private static void WriteProgram(ThrowawayProjects projects)
    {
        projects.Write("Program/Program.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Library/Library.csproj" />
              </ItemGroup>
            </Project>
            """);
        projects.Write("Program/Program.cs", """
            using System;
            using Library.Greeting;
            using Library.Summing;
            using TypedPool;

            await using var greetings = await Greetings.StartAsync(
                new PythonPoolOptions { Module = "greetings", SearchPaths = { "python" }, Size = 1 });
            await using var sums = await Sums.StartAsync(
                new PythonPoolOptions { Module = "sums", SearchPaths = { ".", "more" }, Size = 1 });
            Console.WriteLine($"{await new Greetings(greetings).GreetAsync()} {await new Sums(sums).AddAsync(1, 2)}");

            """);
    }
}
