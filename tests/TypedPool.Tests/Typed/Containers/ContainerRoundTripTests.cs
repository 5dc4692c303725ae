using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Typed.Containers;

/// <summary>Sets, tuples and maps from C# to Python and back.</summary>
public sealed class ContainerRoundTripTests : ContainerTestCase
{
    [Fact]
    public async Task Sets_come_back_equal()
    {
        foreach (var set in (HashSet<long>[])[[], [1], [long.MinValue, long.MaxValue, 0, -1], [.. Enumerable.Range(0, 100_000)]])
        {
            Assert.Equal(set.ToValueSet(), await Commands.EchoSetAsync(set));
        }

        Assert.Equal([new Point { X = 1, Y = 2 }, new Point { X = 2, Y = 1 }], await Commands.EchoPointsAsync(
            new HashSet<Point> { new() { X = 2, Y = 1 }, new() { X = 1, Y = 2 } }));
        ValueSet<ValueSet<string>> groups = [["a", "b"], [], ["ü\0😀"]];
        Assert.Equal(groups, await Commands.EchoGroupsAsync(groups));
    }

    [Fact]
    public async Task A_set_of_numbers_keeps_what_is_no_number_and_the_sign_of_zero()
    {
        ValueSet<double> numbers = [double.NaN, -0.0, double.PositiveInfinity, double.NegativeInfinity, 0.1, double.Epsilon];

        var back = await Commands.EchoRealsAsync(numbers);

        Assert.Equal(numbers, back);
        Assert.Equal(
            numbers.Select(BitConverter.DoubleToInt64Bits).Where(bits => bits < 0).Order(),
            back.Select(BitConverter.DoubleToInt64Bits).Where(bits => bits < 0).Order());
    }

    [Fact]
    public async Task Rows_come_back_equal()
    {
        ValueList<ValueList<long>> rows = [[], [1], [.. Enumerable.Range(0, 100_000).Select(number => (long)number)]];

        Assert.Equal(rows, await Commands.EchoRowsAsync(rows));
    }

    [Fact]
    public async Task Tuples_come_back_equal()
    {
        Assert.Equal((1, null, (-0.0, [Color.Blue])), await Commands.EchoTupleAsync((1, null, (-0.0, [Color.Blue]))));
        Assert.Equal((2, "x", (double.NaN, [])), await Commands.EchoTupleAsync((2, "x", (double.NaN, []))));
        Assert.Equal(default, await Commands.EchoEmptyTupleAsync(default));
        Assert.Equal(ValueTuple.Create("ü"), await Commands.EchoSingleAsync(ValueTuple.Create("ü")));
        Assert.Equal((1, 2, 3, 4, 5, 6, 7, "eight", true), await Commands.EchoLongAsync((1, 2, 3, 4, 5, 6, 7, "eight", true)));
    }

    [Fact]
    public async Task Maps_come_back_equal_whatever_their_keys_are()
    {
        var numbered = new Dictionary<long, string> { [0] = "a", [long.MinValue] = "", [long.MaxValue] = "c", [-7] = "d" };
        Assert.Equal(numbered.ToValueMap(), await Commands.EchoNumberedAsync(numbered));
        Assert.Empty(await Commands.EchoNumberedAsync(new Dictionary<long, string>()));
        var colored = new Dictionary<Color, IReadOnlyList<long>> { [Color.Red] = [1, 2], [Color.Blue] = [] };
        Assert.Equal(
            new Dictionary<Color, ValueList<long>> { [Color.Blue] = [], [Color.Red] = [1, 2] }.ToValueMap(),
            await Commands.EchoColoredAsync(colored));
        var leveled = new Dictionary<Level, IReadOnlyDictionary<long, long>> { [Level.Low] = new Dictionary<long, long> { [5] = 6 } };
        Assert.Equal(
            new Dictionary<Level, ValueMap<long, long>> { [Level.Low] = new Dictionary<long, long> { [5] = 6 }.ToValueMap() }.ToValueMap(),
            await Commands.EchoLeveledAsync(leveled));
    }

    [Fact]
    public async Task Keys_and_items_may_be_of_any_type_that_JSON_has_a_text_for()
    {
        var ids = new Dictionary<Guid, long> { [Guid.Empty] = 0, [Guid.Parse("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")] = 1 }.ToValueMap();
        var decimals = new Dictionary<decimal, string> { [1.50m] = "a", [-79228162514264337593543950335m] = "b" }.ToValueMap();
        var dates = new Dictionary<DateOnly, ValueMap<decimal, string>> { [DateOnly.MinValue] = decimals, [DateOnly.MaxValue] = ValueMap<decimal, string>.Empty }.ToValueMap();
        var small = new Dictionary<byte, string> { [0] = "", [255] = "x" }.ToValueMap();
        var sent = new Dictionary<DateOnly, IReadOnlyDictionary<decimal, string>>
        {
            [DateOnly.MinValue] = decimals,
            [DateOnly.MaxValue] = new Dictionary<decimal, string>(),
        };

        Assert.Equal((ids, dates, small), await Commands.EchoKeysAsync(ids, sent, small));
        ValueSet<EchoMixedValuesItem> mixed = [1, "1", (1.0m, Guid.Empty)];
        Assert.Equal(mixed.Select(item => item.Value).ToHashSet(), (await Commands.EchoMixedAsync(mixed)).Select(item => item.Value).ToHashSet());
    }

    [Fact]
    public async Task What_a_schema_asks_of_sets_and_keys_is_asked_before_they_are_sent()
    {
        var named = new Dictionary<string, long> { ["abc"] = 1 };
        Assert.Equal((ValueSet.Create<long>([1, 2]), named.ToValueMap()), await Commands.EchoLimitedAsync(new HashSet<long> { 1, 2 }, named));

        var many = await Assert.ThrowsAsync<InvalidArgumentsException>(() => Commands.EchoLimitedAsync(new HashSet<long> { 1, 2, 3 }, named));
        var longName = await Assert.ThrowsAsync<InvalidArgumentsException>(
            () => Commands.EchoLimitedAsync(new HashSet<long>(), new Dictionary<string, long> { ["abc"] = 1, ["abcd"] = 2 }));

        Assert.Equal(("/few", "/named"), (many.Path, longName.Path));
        Assert.Contains("at most 2", many.Message, StringComparison.Ordinal);
        Assert.Contains("at most 3", longName.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_of_a_hundred_thousand_numbers_comes_back_equal()
    {
        var map = Enumerable.Range(0, 100_000).ToDictionary(number => (long)number - 50_000, number => $"{number}").ToValueMap();

        Assert.Equal(map, await Commands.EchoNumberedAsync(map));
    }

    [Fact]
    public async Task What_is_not_sent_is_Pythons_own_default()
    {
        Assert.Equal("['a', 'b'] (1, 'x') (1, 2) None", await Commands.CountDefaultsAsync());
        Assert.Equal("['a', 'b'] (1, 'x') None None", await Commands.CountDefaultsAsync(maybe: null));
        Assert.Equal(
            "[] (7, 'y') (3, 4) {5: 6}",
            await Commands.CountDefaultsAsync(new HashSet<string>(), (7, "y"), (3, 4), new Dictionary<long, long> { [5] = 6 }));
    }

    [Fact]
    public async Task The_schema_of_these_tests_is_what_their_module_exports()
    {
        var module = RepositoryRoot.Combine("tests", "TypedPool.Tests", "python", "typed_containers.py");
        var schema = Path.ChangeExtension(module, ".openrpc.json");

        var check = await CommandLine.RunAsync(
            Python.Default.Path, [RepositoryRoot.Combine("python", "__main__.py"), "check", module, "--against", schema, "--exact"]);

        Assert.True(check.ExitCode == 0, check.ToString());
    }
}
