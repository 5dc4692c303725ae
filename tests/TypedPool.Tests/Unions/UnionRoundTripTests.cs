using TypedPool.Testing;
using TypedPool.Tests.Runtime;
using Xunit;

namespace TypedPool.Tests.Unions;

/// <summary>Unions, flags and sets of values, from C# to Python and back.</summary>
public sealed class UnionRoundTripTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private UnionCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await UnionCommands.StartAsync(
            new PythonPoolOptions { Module = "typed_unions", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch });
        _commands = new UnionCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Scalars_come_back_in_their_own_case()
    {
        Assert.Equal(3L, (await _commands.EchoScalarAsync(3)).Value);
        Assert.Equal("3", (await _commands.EchoScalarAsync("3")).Value);
        Assert.Equal(long.MinValue, (await _commands.EchoScalarAsync(long.MinValue)).Value);
        Assert.Equal("", (await _commands.EchoScalarAsync("")).Value);
    }

    [Fact]
    public async Task An_integer_is_no_float_and_no_boolean_and_a_float_is_no_integer()
    {
        foreach (var value in (EchoNumberValue[])[true, false, 1, 0, 1.0, 0.0, -0.0, 1e300, 1e17, long.MaxValue, double.Epsilon, double.NaN, double.NegativeInfinity])
        {
            var back = await _commands.EchoNumberAsync(value);
            Assert.Equal(value.Value.GetType(), back.Value.GetType());
            Assert.Equal(value.Value, back.Value);
        }

        Assert.Equal(double.NaN, (await _commands.EchoRealOrFlagAsync(double.NaN)).Value);
    }

    [Fact]
    public async Task Where_strings_are_a_case_a_number_has_to_be_finite()
    {
        Assert.Equal("NaN", (await _commands.EchoRealOrTextAsync("NaN")).Value);
        Assert.Equal(-0.5, (await _commands.EchoRealOrTextAsync(-0.5)).Value);

        var error = await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.EchoRealOrTextAsync(double.NaN));

        Assert.Equal("/value", error.Path);
        Assert.Contains("a finite number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strings_of_several_formats_come_back_in_their_own_case()
    {
        foreach (var value in (EchoTextValue?[])
        [
            DateOnly.MinValue,
            DateOnly.MaxValue,
            new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
            new DateTimeOffset(1, 1, 2, 0, 0, 0, TimeSpan.FromHours(14)),
            TimeSpan.Zero,
            TimeSpan.FromMicroseconds(-1),
            Guid.Empty,
            Guid.AllBitsSet,
            decimal.MaxValue,
            -0.10m,
            0m,
            null,
        ])
        {
            Assert.Equal(value?.Value, (await _commands.EchoTextAsync(value))?.Value);
        }
    }

    [Fact]
    public async Task A_union_may_be_null_or_absent()
    {
        Assert.Equal(3L, (await _commands.EchoOptionalAsync())!.Value);
        Assert.Null(await _commands.EchoOptionalAsync(new(null)));
        var list = await _commands.EchoOptionalAsync(new(EchoOptionalValue.FromList(["a", ""])));
        Assert.True(list!.TryGetList(out var items));
        Assert.Equal(["a", ""], items);
    }

    [Fact]
    public async Task Records_are_told_apart_by_their_tag()
    {
        var group = new Group
        {
            Members = [new Circle { Radius = 1.5 }, new Box { Kind = BoxKind.Rectangle, Sides = [1, 2] }, new Group { Members = [] }],
        };
        foreach (var shape in (Drawing[])[new Circle { Radius = -0.5 }, new Box { Kind = BoxKind.Square, Sides = [] }, group])
        {
            var back = await _commands.EchoShapeAsync(shape);
            Assert.Equal(shape, back);
            Assert.Equal(shape.GetHashCode(), back.GetHashCode());
        }
    }

    [Fact]
    public async Task Records_are_told_apart_by_their_own_members()
    {
        var file = await _commands.EchoSourceAsync(new FileInput { Path = "p", Size = 3 });
        var link = await _commands.EchoSourceAsync(new Link { Url = "u" });
        var nothing = await _commands.EchoSourceAsync(new NothingInput());

        Assert.Equal(new File { Path = "p", Size = 3 }, file.Value);
        Assert.Equal(new Link { Url = "u" }, link.Value);
        Assert.Equal(new Nothing { Reason = null }, nothing.Value);
    }

    [Fact]
    public async Task A_union_may_contain_itself()
    {
        Json deep = Json.FromMap(new Dictionary<string, Json?> { ["a"] = Json.FromList([1, 1.5, "x", null, true]) }.ToValueMap());
        for (var depth = 0; depth < 50; depth++)
        {
            deep = Json.FromList([deep, null]);
        }

        Assert.Equal(deep, await _commands.EchoJsonAsync(deep));
        Assert.Null(await _commands.EchoJsonAsync(null));
    }

    [Fact]
    public async Task An_open_enum_takes_any_string()
    {
        Assert.Equal(EchoOpenColorResult.DarkBlue, await _commands.EchoOpenColorAsync(EchoOpenColorColor.DarkBlue));
        Assert.Equal("green", (await _commands.EchoOpenColorAsync("green")).Value);
        Assert.Equal(EchoOpenColorResult.Red, await _commands.EchoOpenColorAsync("red"));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.EchoOpenColorAsync(default));
        Assert.Equal("<Color.RED: 'red'>", await _commands.DescribeAsync(DescribeValueText.Red));
        Assert.Equal("'green'", await _commands.DescribeAsync(new DescribeValueText("green")));
        Assert.Equal("7", await _commands.DescribeAsync(7));
        Assert.Equal("Circle(radius=1.0, kind='circle')", await _commands.DescribeAsync(new Circle { Radius = 1 }));
    }

    [Fact]
    public async Task Flags_combine_and_an_unknown_bit_is_an_error()
    {
        foreach (var rights in (Rights[])[Rights.None, Rights.Read, Rights.Read | Rights.Run, Rights.All])
        {
            Assert.Equal(rights, await _commands.EchoRightsAsync(rights));
        }

        Assert.Equal(Wide.Low | Wide.High, await _commands.EchoWideAsync(Wide.Low | Wide.High));
        Assert.Equal(Wide.Nothing, await _commands.EchoWideAsync(default));
        var error = await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.EchoRightsAsync((Rights)8));
        Assert.Equal("/rights", error.Path);
        Assert.NotNull(Attribute.GetCustomAttribute(typeof(Rights), typeof(FlagsAttribute)));
    }

    [Fact]
    public async Task Values_of_several_kinds_come_back_as_they_went()
    {
        foreach (var value in (EchoMixedValue?[])[EchoMixedValue.A, EchoMixedValue.Value1, EchoMixedValue.True, null])
        {
            Assert.Equal(value?.Value, (await _commands.EchoMixedAsync(value))?.Value);
        }

        Assert.Equal(Answer.Half, Assert.Single(await _commands.EchoAnswerAsync(Answer.Half, Factor.Twice)).Value);
        Assert.Equal(Answer.Count, (await _commands.EchoAnswerAsync(Answer.Count))["<Factor.HALF: 0.5>"]);
        Assert.Equal(Factor.Twice, await _commands.EchoFactorAsync(Factor.Twice));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.EchoMixedAsync(default(EchoMixedValue)));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.EchoFactorAsync(default));
    }

    [Fact]
    public async Task Unions_stand_in_every_place()
    {
        var back = await _commands.EchoEverythingAsync(new EverythingInput
        {
            Number = 2.0,
            Text = false,
            Shapes = new Dictionary<string, EverythingShapesValue> { ["c"] = new Circle { Radius = 1 } }.ToValueMap(),
            Color = Color.DarkBlue,
            Nullable = new(null),
            Many = [1, EverythingManyItem.FromList(["x"]), null],
        });

        Assert.Equal(
            new Everything
            {
                Number = 2.0,
                Text = false,
                Shapes = new Dictionary<string, EverythingShapesValue> { ["c"] = new Circle { Radius = 1 } }.ToValueMap(),
                Color = Color.DarkBlue,
                WithDefault = "x",
                Nullable = null,
                Many = [1, EverythingManyItem.FromList(["x"]), null],
            },
            back);
    }

    [Fact]
    public async Task What_is_no_case_fails_the_call_with_its_path()
    {
        var error = await Assert.ThrowsAsync<InvalidResultException>(() => _commands.WrongCaseAsync());

        Assert.Equal("/1", error.Path);
        Assert.Contains("Circle", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_union_matches_compares_and_prints_as_its_value_does()
    {
        EchoScalarValue number = 3, same = 3, text = "3";

        Assert.True(number == same && number != text && number != null);
        Assert.Equal(("3", "3", "integer 3", "string 3"), (number.ToString(), text.ToString(), Match(number), Match(text)));
        Assert.True(number.TryGetInt64(out var value) && value == 3);
        Assert.False(number.TryGetString(out _));
        Assert.Throws<ArgumentNullException>(() => EchoScalarValue.FromString(null!));
        Assert.Throws<ArgumentNullException>(() => number.Match(null!, _ => 0));
        Assert.Equal(CircleKind.Circle, new Circle { Radius = 1 }.Kind);

        static string Match(EchoScalarValue value) => value.Match(integer => $"integer {integer}", text => $"string {text}");
    }

    [Fact]
    public async Task The_schema_of_these_tests_is_what_their_module_exports()
    {
        var module = RepositoryRoot.Combine("tests", "TypedPool.Tests", "python", "typed_unions.py");
        var schema = Path.ChangeExtension(module, ".openrpc.json");

        var check = await CommandLine.RunAsync(
            Python.Default.Path, [RepositoryRoot.Combine("python", "__main__.py"), "check", module, "--against", schema, "--exact"]);

        Assert.True(check.ExitCode == 0, check.ToString());
    }
}
