using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Architecture;

/// <summary>The inspection finds what it is there to find.</summary>
public sealed class HouseInspectionTests
{
    private const string Above = "TypedPool.Tests.Architecture.Planted.Above";
    private const string Below = "TypedPool.Tests.Architecture.Planted.Below";

    [Fact]
    public void A_planted_arrow_in_the_wrong_direction_is_found_in_compiled_code()
    {
        var built = new BuiltAssembly(typeof(HouseInspectionTests).Assembly);
        var planted = built.Types.Where(type => type.Contains(".Planted.", StringComparison.Ordinal)).ToArray();
        var plan = Plan($"| upper | `{Above}` | lower | |", $"| lower | `{Below}` | nothing | |");

        var differences = new HouseInspection(plan, planted, built.Arrows).Differences();

        Assert.Equal([$"The room 'lower' is not to know of 'upper': {Below}.Lower → {Above}.Upper."], differences);
    }

    [Fact]
    public async Task A_planted_import_in_the_wrong_direction_is_found_in_Python()
    {
        using var folder = new TemporaryFolder();
        folder.Write("house/__init__.py", "");
        folder.Write("house/upper.py", "import os\nfrom house.rooms import lower\n");
        folder.Write("house/rooms/__init__.py", "");
        folder.Write("house/rooms/lower.py", "def call():\n    from ..upper import something\n");
        var plan = Plan("| upper | `upper`, `__init__` | lower | |", "| lower | `rooms` | nothing | |");

        var built = await BuiltPackage.ReadAsync(folder["house"]);

        Assert.Equal(
            ["The room 'lower' is not to know of 'upper': rooms.lower → upper."],
            new HouseInspection(plan, built.Modules, built.Arrows).Differences());
        Assert.Equal(["rooms.lower", "upper", "rooms.lower"], built.Circle());
    }

    [Fact]
    public void A_thing_in_no_room_is_found() =>
        Assert.Equal(["a.b.Thing is in no room of the table."], Inspect("| one | `a` | nothing | |", ["a.Thing", "a.b.Thing"]));

    [Fact]
    public void A_room_that_is_not_there_is_found() =>
        Assert.Equal(["The room 'two' holds b, which is not there."], Inspect("| one | `a` | nothing | |\n| two | `b` | nothing | |", ["a.Thing"]));

    [Fact]
    public void A_table_that_goes_round_in_a_circle_is_found() =>
        Assert.Contains(
            "The table lets the room 'two' know of 'one', which stands above it.",
            Inspect("| one | `a` | two | |\n| two | `b` | one | |", ["a.A", "b.B"], new Arrow("a.A", "b.B"), new Arrow("b.B", "a.A")));

    [Fact]
    public void A_drawn_arrow_that_nothing_follows_is_found() =>
        Assert.Equal(
            ["The table lets the room 'one' know of 'two', and it does not: take it out."],
            Inspect("| one | `a` | two | |\n| two | `b` | nothing | |", ["a.A", "b.B"]));

    [Fact]
    public void A_type_may_have_another_room_than_its_namespace() =>
        Assert.Empty(Inspect(
            "| door | `a.Door` | room | |\n| room | `a` | nothing | |", ["a.Door", "a.Chair"], new Arrow("a.Door", "a.Chair")));

    [Fact]
    public void A_crossing_is_let_through_for_one_thing_only_and_not_for_ever()
    {
        const string Table = "| one | `a` | nothing | |\n| two | `b` | nothing | |\n\n| crossing from | to | through | how it ends |\n|---|---|---|---|\n| two | one | `a.A` | |";
        var things = new[] { "a.A", "a.Other", "b.B" };

        Assert.Empty(Inspect(Table, things, new Arrow("b.B", "a.A")));
        Assert.Equal(
            ["The room 'two' is not to know of 'one': b.B → a.Other."],
            Inspect(Table, things, new Arrow("b.B", "a.A"), new Arrow("b.B", "a.Other")));
        Assert.Equal(["The crossing from 'two' to 'one' through a.A is gone: take it out."], Inspect(Table, things));
    }

    private static HousePlan Plan(params string[] rows) =>
        HousePlan.Parse($"# House\n\n## Part\n\n| room | holds | knows of | why |\n|---|---|---|---|\n{string.Join('\n', rows)}\n\n## Next\n", "Part");

    private static IReadOnlyList<string> Inspect(string rows, string[] things, params Arrow[] arrows) =>
        new HouseInspection(Plan(rows), things, arrows).Differences();
}
