using Xunit;

namespace TypedPool.PackageTests;

/// <summary>A program with one Python module, which imports another; it is built once, from what a fresh clone holds.</summary>
public sealed class GreetingApp(PackedPackage package) : IAsyncLifetime
{
    internal const string Module = "App/python/commands.py";
    internal const string Imported = "App/python/wording.py";
    internal const string Schema = "App/commands.openrpc.json";

    // What a build does before it compiles, alone.
    internal const string ExportIfChanged = "-t:_TypedPoolExportChanged";
    private const string Project = "App/App.csproj";
    private readonly ThrowawayProjects _projects = new(package);
    private readonly Dictionary<string, string> _original = new(StringComparer.Ordinal);

    internal ThrowawayProjects Projects => _projects;

    /// <summary>What the first build wrote.</summary>
    internal string FirstBuild { get; private set; } = "";

    /// <summary>How the first build ran Python.</summary>
    internal string[] FirstRuns { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _projects.Write(Project, """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RuntimeIdentifier>$(NETCoreSdkRuntimeIdentifier)</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <MSBuildTreatWarningsAsErrors>true</MSBuildTreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TypedPool" Version="0.1.0" />
                <TypedPoolModule Include="python/commands.py" Schema="commands.openrpc.json" Namespace="App.Python" Name="Greetings" Accessibility="internal" />
                <None Update="python/commands.py;python/wording.py" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
        _projects.Write("App/Program.cs", """
            using App.Python;
            using TypedPool;

            await using var pool = await Greetings.StartAsync(
                new PythonPoolOptions { Module = "commands", SearchPaths = { "python" }, Size = 1 });
            IGreetings commands = new Greetings(pool);
            Console.WriteLine(await commands.GreetAsync("Ada"));

            """);
        _projects.Write(Module, """
            import logging

            import wording
            from typedpool import command

            logging.warning("a module may say what it likes while it is imported")


            @command
            def greet(name: str) -> str:
                return wording.greeting(name)

            """);
        _projects.Write(Imported, """
            def greeting(name: str) -> str:
                return f"Hello, {name}!"

            """);
        _projects.Write("App/python/unrelated.py", "");
        FirstBuild = await _projects.SucceedAsync("App", "build");
        FirstRuns = _projects.Python.TakeRuns();
        foreach (var path in (string[])[Project, Module, Imported, Schema])
            _original[path] = _projects.Read(path);
    }

    /// <summary>
    /// Undoes what a test has edited, and forgets how it started Python. It exports in any case: a test may have built with
    /// another Python, which makes the next build export again.
    /// </summary>
    internal async ValueTask RestoreAsync()
    {
        var edited = _original.Where(file => !File.Exists(_projects[file.Key]) || _projects.Read(file.Key) != file.Value).ToList();
        foreach (var (path, text) in edited)
            _projects.Write(path, text);
        await _projects.SucceedAsync("App", "msbuild", ExportIfChanged);
        _projects.Python.TakeStarts();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _projects.Dispose();
        return ValueTask.CompletedTask;
    }
}
