using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>What <c>TypedPoolModule</c> does in a build.</summary>
[HangLimit(300)]
public sealed class ModuleTests(GreetingApp app) : IClassFixture<GreetingApp>, IAsyncLifetime
{
    private const string ExportIfChanged = GreetingApp.ExportIfChanged;
    private readonly ThrowawayProjects _projects = app.Projects;

    public ValueTask InitializeAsync() => app.RestoreAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void First_build_of_a_fresh_clone_exports_compiles_and_copies_what_the_module_imports()
    {
        var run = Assert.Single(app.FirstRuns);
        Assert.Contains("export", run, StringComparison.Ordinal);
        Assert.Contains("python/commands.py -> ", app.FirstBuild, StringComparison.Ordinal);
        Assert.DoesNotContain("a module may say", app.FirstBuild, StringComparison.Ordinal);
        Assert.True(File.Exists(_projects[GreetingApp.Schema]));
        var output = _projects.FilesOf("App/bin/Debug/net10.0").Select(file => file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..]).ToList();
        Assert.Contains("python/commands.py", output);
        Assert.Contains("python/wording.py", output);
        Assert.DoesNotContain("python/unrelated.py", output);
        Assert.Contains("typedpool-bridge/typedpool/worker.py", output);
    }

    [Fact]
    public async Task Build_starts_no_Python_while_nothing_of_the_module_has_changed()
    {
        _projects.Touch("App/python/unrelated.py");
        _projects.Touch("App/Program.cs");

        await _projects.SucceedAsync("App", "build", "--no-restore");

        Assert.Empty(_projects.Python.TakeStarts());
    }

    [Fact]
    public async Task Export_follows_a_change_of_the_module_of_what_it_imports_and_of_the_schema()
    {
        _projects.Touch(GreetingApp.Module);
        await ExportsOnceAsync();

        _projects.Touch(GreetingApp.Imported);
        await ExportsOnceAsync();

        File.Delete(_projects[GreetingApp.Schema]);
        await ExportsOnceAsync();
        Assert.True(File.Exists(_projects[GreetingApp.Schema]));

        _projects.Edit(GreetingApp.Schema, "\"greet\"", "\"edited\"");
        await ExportsOnceAsync();
        Assert.Contains("\"greet\"", _projects.Read(GreetingApp.Schema), StringComparison.Ordinal);

        await _projects.SucceedAsync("App", "msbuild", ExportIfChanged);
        Assert.Empty(_projects.Python.TakeStarts());
    }

    [Fact]
    public async Task Required_parameter_added_in_Python_is_a_compile_error_in_the_next_build()
    {
        _projects.Edit(GreetingApp.Module, "name: str)", "name: str, title: str)");
        var errors = await _projects.FailAsync("App", "build", "--no-restore");
        Assert.Matches(@"Program\.cs\(7,\d+\): error CS(7036|1503): ", Assert.Single(errors));

        _projects.Edit(GreetingApp.Module, "name: str, title: str)", "name: str)");
        await _projects.SucceedAsync("App", "build", "--no-restore");
    }

    [Fact]
    public async Task Error_in_Python_is_a_build_error_at_its_line()
    {
        _projects.Edit(GreetingApp.Module, "name: str)", "name)");
        var errors = await _projects.FailAsync("App", "build", "--no-restore");
        Assert.StartsWith($"{_projects[GreetingApp.Module]}(10,11): error TPY0003: ", errors[0], StringComparison.Ordinal);
        Assert.Contains("error TPB0007: ", errors[1], StringComparison.Ordinal);
        Assert.Equal(2, errors.Length);

        _projects.Edit(GreetingApp.Module, "greet(name)", "greet(name: str)");
        _projects.Edit(GreetingApp.Imported, "def greeting", "1 / 0\ndef greeting");
        errors = await _projects.FailAsync("App", "msbuild", ExportIfChanged);
        Assert.StartsWith($"{_projects[GreetingApp.Imported]}(1,1): error TPY0001: ", errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_Python_and_one_that_is_too_old_are_errors_that_name_the_property()
    {
        var missing = Assert.Single(await _projects.FailAsync("App", "msbuild", ExportIfChanged, "-p:TypedPoolPython=/nowhere/python"));
        Assert.Contains("error TPB0004: There is no Python at '/nowhere/python'", missing, StringComparison.Ordinal);
        Assert.Contains("TypedPoolPython", missing, StringComparison.Ordinal);

        var old = Python.All.FirstOrDefault(python => python.Version < new Version(3, 9));
        Assert.SkipWhen(old is null, "There is no Python before 3.9 here.");
        var tooOld = Assert.Single(await _projects.FailAsync("App", "msbuild", ExportIfChanged, $"-p:TypedPoolPython={old!.Path}"));
        Assert.Contains($"error TPB0005: The Python at '{old.Path}' is {old.Version}", tooOld, StringComparison.Ordinal);
        Assert.Contains("TypedPoolPython", tooOld, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Design_time_build_starts_no_Python()
    {
        _projects.Touch(GreetingApp.Module);

        await _projects.SucceedAsync(
            "App", "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true");
        Assert.Empty(_projects.Python.TakeStarts());

        await ExportsOnceAsync();
    }

    [Fact]
    public async Task Check_tells_a_stale_schema_from_a_good_one_and_export_renews_it()
    {
        await _projects.SucceedAsync("App", "msbuild", "-t:TypedPoolCheck", "-p:TypedPoolCheckExact=true");

        _projects.Edit(GreetingApp.Module, "    return wording", "    \"\"\"Says hello.\"\"\"\n    return wording");
        await _projects.SucceedAsync("App", "msbuild", "-t:TypedPoolCheck");
        var inexact = await _projects.FailAsync("App", "msbuild", "-t:TypedPoolCheck", "-p:TypedPoolCheckExact=true");
        Assert.Contains("commands.openrpc.json : error TPB0008: ", Assert.Single(inexact), StringComparison.Ordinal);

        _projects.Edit(GreetingApp.Module, "    \"\"\"Says hello.\"\"\"\n    return wording", "    return wording");
        _projects.Edit(GreetingApp.Module, "name: str)", "name: str, title: str)");
        var stale = await _projects.FailAsync("App", "msbuild", "-t:TypedPoolCheck");
        Assert.Contains("error TPB0008: ", Assert.Single(stale), StringComparison.Ordinal);

        _projects.Edit(GreetingApp.Module, "name: str, title: str)", "name: str)");
        File.Delete(_projects[GreetingApp.Schema]);
        await _projects.SucceedAsync("App", "msbuild", "-t:TypedPoolExport;TypedPoolCheck");
    }

    [Fact]
    public async Task Mistaken_items_are_errors()
    {
        _projects.Edit("App/App.csproj", " Schema=\"commands.openrpc.json\"", "");
        var errors = await _projects.FailAsync("App", "msbuild", ExportIfChanged);
        Assert.Contains("error TPB0001: The item TypedPoolModule 'python/commands.py' has no Schema", Assert.Single(errors), StringComparison.Ordinal);

        _projects.Edit("App/App.csproj", "Include=\"python/commands.py\"", "Include=\"python/comands.py\" Schema=\"commands.openrpc.json\"");
        errors = await _projects.FailAsync("App", "msbuild", ExportIfChanged);
        Assert.Contains("error TPB0002: There is no Python module", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_program_calls_Python_wherever_it_is_moved_to()
    {
        await _projects.SucceedAsync("App", "publish", "-c", "Debug", "--no-restore", "-p:PublishDir=published/");
        await _projects.SucceedAsync("App", "publish", "-c", "Debug", "--no-build", "-p:PublishDir=unbuilt/");
        Assert.Equal(_projects.FilesOf("App/published"), _projects.FilesOf("App/unbuilt"));

        Directory.Move(_projects["App/published"], _projects["moved"]);
        await SaysHelloAsync("moved");
    }

    [Fact]
    public async Task Program_published_as_a_single_file_calls_Python()
    {
        await _projects.SucceedAsync(
            "App", "publish", "-c", "Debug", "--no-restore", "-p:PublishSingleFile=true", "-p:EnableSingleFileAnalyzer=false",
            "-p:PublishDir=single/");
        Assert.False(File.Exists(_projects["App/single/TypedPool.dll"]));

        await SaysHelloAsync("App/single");
    }

    private async Task ExportsOnceAsync()
    {
        _projects.Python.TakeRuns();
        await _projects.SucceedAsync("App", "msbuild", ExportIfChanged);
        Assert.Contains("export", Assert.Single(_projects.Python.TakeRuns()), StringComparison.Ordinal);
    }

    private async Task SaysHelloAsync(string folder)
    {
        var program = _projects[Path.Combine(folder, OperatingSystem.IsWindows() ? "App.exe" : "App")];
        var outcome = await CommandLine.RunAsync(
            program, [], Path.GetPathRoot(program),
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_ROOT"] = Dotnet.Root, ["TYPEDPOOL_PYTHON"] = Python.Default.Path },
            TestContext.Current.CancellationToken);
        Assert.Equal((0, "Hello, Ada!"), (outcome.ExitCode, outcome.Output.Trim()));
    }
}
