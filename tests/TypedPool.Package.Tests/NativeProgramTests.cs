using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

/// <summary>A program that is compiled ahead of time: there is no just-in-time compiler and no reflection to fall back on.</summary>
[HangLimit(300)]
public sealed class NativeProgramTests(PackedPackage package)
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TrimmerSingleWarn>false</TrimmerSingleWarn>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <ILLinkTreatWarningsAsErrors>true</ILLinkTreatWarningsAsErrors>
            <IlcTreatWarningsAsErrors>true</IlcTreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="TypedPool" Version="0.1.0" />
            <TypedPoolModule Include="python/kiosk.py" Schema="kiosk.openrpc.json" Namespace="App.Python" Name="Kiosk" />
          </ItemGroup>
        </Project>
        """;

    private const string Module = """
        import datetime
        import decimal
        import enum
        import typing
        import uuid
        from dataclasses import dataclass

        from typedpool import command, host


        class Size(str, enum.Enum):
            SMALL = "small"
            LARGE = "large"


        class Extras(enum.Flag):
            LID = 1
            BAG = 2


        class Where(typing.NamedTuple):
            row: int
            seat: str


        @dataclass
        class Tea:
            size: Size
            price: decimal.Decimal
            kind: typing.Literal["tea"] = "tea"


        @dataclass
        class Cake:
            slices: int
            kind: typing.Literal["cake"] = "cake"


        @dataclass
        class Order:
            id: uuid.UUID
            at: datetime.datetime
            items: list[typing.Union[Tea, Cake]]
            notes: dict[str, typing.Optional[str]]
            before: typing.Optional["Order"]


        class SoldOut(Exception):
            what: str
            left: int

            def __init__(self, what: str, left: int) -> None:
                super().__init__(f"no {what}")
                self.what = what
                self.left = left


        @command
        def same_order(order: Order) -> Order:
            assert type(order.items[0]) in (Tea, Cake), order
            return order


        @command
        def later(day: datetime.date, by: datetime.timedelta = datetime.timedelta(days=1)) -> datetime.date:
            return day + by


        @command
        def sizes(extras: Extras, names: set[str], where: Where) -> tuple[Extras, set[str], Where]:
            return ~extras, names | {"Ada"}, where


        @command
        def mean(numbers: list[float]) -> float:
            return sum(numbers) / len(numbers)


        @host
        class Shelf(typing.Protocol):
            def left(self, tea: Tea) -> typing.Optional[int]: ...


        @command
        def stocked(teas: typing.Iterator[Tea], shelf: Shelf) -> typing.Iterator[Tea]:
            for tea in teas:
                if shelf.left(tea):
                    yield tea


        @command(raises=[SoldOut])
        def buy(what: str) -> None:
            raise SoldOut(what, left=0)

        """;

    private const string Program = """
        using App.Python;
        using TypedPool;

        await using var pool = await Kiosk.StartAsync(
            new PythonPoolOptions { Module = "kiosk", SearchPaths = { args[0] }, Size = 1 }.AddHost(Kiosk.Host(new Shelf())));
        var kiosk = new Kiosk(pool);

        var order = new Order
        {
            Id = Guid.Parse("8d3b6ad4-6a04-4e3c-8d0f-5b1a3d4c2e10"),
            At = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(-3.5)),
            Items = [new Tea { Size = Size.Large, Price = 1.50m }, new Cake { Slices = 2 }],
            Notes = new Dictionary<string, string?> { ["for"] = "Ada 😀", ["nothing"] = null }.ToValueMap(),
            Before = null,
        };
        order = order with { Before = order };
        Console.WriteLine(order == await kiosk.SameOrderAsync(order));
        Console.WriteLine(order.Items[0].Match(tea => $"{tea.Price}", cake => $"{cake.Slices}"));
        Console.WriteLine($"{await kiosk.LaterAsync(new DateOnly(2026, 2, 28)):yyyy-MM-dd}");
        var (extras, names, where) = await kiosk.SizesAsync(Extras.Lid, new HashSet<string> { "Bob" }, new Where { Row = 7, Seat = "C" });
        Console.WriteLine($"{extras} {string.Join(",", names.Order())} {where.Row}{where.Seat}");
        Console.WriteLine(await kiosk.MeanAsync([1.0, 2.5]));
        try
        {
            await kiosk.BuyAsync("tea");
        }
        catch (SoldOutException exception)
        {
            Console.WriteLine($"{exception.What} {exception.Left}");
        }

        try
        {
            await kiosk.MeanAsync([]);
        }
        catch (PythonException exception)
        {
            Console.WriteLine(exception.PythonType);
        }

        await foreach (var tea in kiosk.StockedAsync(TeasAsync()))
        {
            Console.WriteLine($"{tea.Size} {tea.Price}");
        }

        static async IAsyncEnumerable<Tea> TeasAsync()
        {
            yield return new Tea { Size = Size.Large, Price = 2 };
            await Task.Yield();
            yield return new Tea { Size = Size.Small, Price = 1.25m };
        }

        sealed class Shelf : IShelf
        {
            public Task<long?> LeftAsync(Tea tea, HostCall call, CancellationToken cancellationToken) =>
                Task.FromResult<long?>(tea.Size == Size.Small ? 3 : null);
        }

        """;

    [Fact]
    public async Task Program_published_natively_runs_typed_calls_without_a_warning_of_trimming_or_AOT()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows() || IsInstalled("clang") || IsInstalled("gcc"), "There is neither clang nor gcc to link a native program with.");
        using var projects = new ThrowawayProjects(package);
        projects.Write("App/App.csproj", Project);
        projects.Write("App/python/kiosk.py", Module);
        projects.Write("App/Program.cs", Program);

        await projects.SucceedAsync("App", "publish", "-p:PublishDir=published/");
        var published = projects["App/published"];
        var outcome = await CommandLine.RunAsync(
            Path.Combine(published, OperatingSystem.IsWindows() ? "App.exe" : "App"), [projects["App/python"]], Path.GetPathRoot(published),
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["TYPEDPOOL_PYTHON"] = Python.Default.Path },
            TestContext.Current.CancellationToken);

        Assert.DoesNotContain("App.dll", projects.FilesOf("App/published"));
        Assert.Equal(
            ["True", "1.50", "2026-03-01", "Bag Ada,Bob 7C", "1.75", "tea 0", "builtins.ZeroDivisionError", "Small 1.25"],
            outcome.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(0, outcome.ExitCode);
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
