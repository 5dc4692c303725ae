using System.Text.Json;
using Xunit;

namespace TypedPool.Tests.Typed;

/// <summary>Real values from C# to Python and back, through generated code on both ways.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private TypedCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await TypedPools.StartAsync();
        _commands = new TypedCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Strings_come_back_exactly()
    {
        foreach (var text in (string[])["", "ü € 😀", "\0\u0001\u001f\u007f", "\"\\/\b\f\n\r\t", "\u2028\u2029\ufeff\uffff\ufffd", new string('ß', 1_000_000)])
        {
            Assert.Equal(text, await _commands.EchoTextAsync(text));
        }
    }

    [Fact]
    public async Task Integers_come_back_exactly()
    {
        foreach (var number in (long[])[0, 1, -1, int.MaxValue, 1L << 53, (1L << 53) + 1, long.MaxValue, long.MinValue])
        {
            Assert.Equal(number, await _commands.EchoIntegerAsync(number));
        }
    }

    [Fact]
    public async Task Doubles_come_back_bit_for_bit()
    {
        double[] numbers =
        [
            0.0, -0.0, 1.0, -1.0, 0.1, 1.0 / 3, 1e16, 1e17, 123456789012345678, 1e300, -1e-300,
            double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        ];
        foreach (var number in numbers)
        {
            Assert.Equal(Bits(number), Bits(await _commands.EchoRealAsync(number)));
        }

        Assert.Equal(numbers.Select(Bits), (await _commands.EchoRealsAsync(numbers)).Select(Bits));
    }

    [Fact]
    public async Task Booleans_nulls_and_nothing_come_back()
    {
        Assert.True(await _commands.EchoFlagAsync(true));
        Assert.False(await _commands.EchoFlagAsync(false));
        Assert.Null(await _commands.EchoOptionalAsync(null));
        Assert.Equal(7, await _commands.EchoOptionalAsync(7));
        await _commands.NothingAsync();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"a":[1,2.5,"x",{"b":null}],"":true,"$attachment":0}""")]
    public async Task Anything_comes_back(string json)
    {
        using var document = JsonDocument.Parse(json);

        Assert.True(JsonElement.DeepEquals(document.RootElement, await _commands.EchoAnythingAsync(document.RootElement)));
    }

    [Fact]
    public async Task Containers_come_back_equal()
    {
        var values = new Dictionary<string, IReadOnlyList<long>> { ["a"] = [1, 2], [""] = [], ["ü\0"] = [3] };

        var back = await _commands.EchoMapAsync(values);

        Assert.Equal(new Dictionary<string, ValueList<long>> { ["ü\0"] = [3], [""] = [], ["a"] = [1, 2] }.ToValueMap(), back);
        Assert.Empty(await _commands.EchoMapAsync(new Dictionary<string, IReadOnlyList<long>>()));
    }

    [Fact]
    public async Task A_recursive_value_comes_back_equal()
    {
        var tree = new TreeInput { Value = 0 };
        var expected = new Tree { Value = 0, Children = [] };
        for (var depth = 1; depth < 100; depth++)
        {
            tree = new TreeInput { Value = depth, Children = [tree, new TreeInput { Value = -1 }] };
            expected = new Tree { Value = depth, Children = [expected, new Tree { Value = -1, Children = [] }] };
        }

        Assert.Equal(expected, await _commands.EchoTreeAsync(tree));
    }

    [Theory]
    [InlineData(1_200, "0")]
    [InlineData(400, "0")]
    [InlineData(150, "150")]
    public async Task A_value_nested_too_deeply_fails_its_call_and_nothing_else(int depth, string expected)
    {
        var tree = new TreeInput { Value = 0 };
        for (var level = 0; level < depth; level++)
        {
            tree = new TreeInput { Value = level, Children = [tree] };
        }

        var pid = (await _commands.PingAsync()).Pid;
        var reached = "0";
        try
        {
            reached = $"{(await _commands.EchoTreeAsync(tree)).Value + 1}";
        }
        catch (PythonPoolException exception)
        {
            Assert.True(exception is InvalidArgumentsException or InvalidResultException, exception.ToString());
        }

        Assert.Equal(expected, reached);
        Assert.Equal(pid, (await _commands.PingAsync()).Pid);
    }

    [Fact]
    public async Task A_record_of_every_kind_of_field_comes_back_equal()
    {
        var anything = JsonSerializer.SerializeToElement(new { a = 1 });
        var sent = new EverythingInput
        {
            Text = "ü",
            Flag = true,
            Number = long.MinValue,
            Real = -0.0,
            Anything = anything,
            Color = Color.DarkBlue,
            Priority = Priority.Low,
            Mode = EverythingMode.Exact,
            Level = EverythingLevel.Value3,
            Point = new Point { X = 1, Y = 2 },
            Maybe = null,
            MaybePoint = new Point { X = double.NaN, Y = double.PositiveInfinity },
            Texts = ["a", "b"],
            Points = new Dictionary<string, Point> { ["p"] = new() { X = 0, Y = -1 } }.ToValueMap(),
            Grid = [[1, null], []],
            OptionalNumber = null,
        };

        var back = await _commands.EchoEverythingAsync(sent);

        Assert.Equal(anything.GetRawText(), back.Anything.GetRawText());
        var expected = new Everything
        {
            Text = sent.Text,
            Flag = sent.Flag,
            Number = sent.Number,
            Real = sent.Real,
            Anything = back.Anything,
            Color = sent.Color,
            Priority = sent.Priority,
            Mode = EverythingMode.Exact,
            Level = EverythingLevel.Value3,
            Point = sent.Point,
            Maybe = null,
            MaybePoint = sent.MaybePoint,
            Texts = sent.Texts,
            Points = sent.Points,
            Grid = sent.Grid,
            WithDefault = 7,
            OptionalText = null,
            OptionalNumber = null,
        };
        Assert.Equal(expected, back);
        Assert.Equal(Bits(-0.0), Bits(back.Real));
    }

    [Fact]
    public async Task What_is_not_sent_is_Pythons_own_default_and_null_is_null()
    {
        Assert.Equal("9 2 None 1", await _commands.CountToAsync(9));
        Assert.Equal("9 3 x 4", await _commands.CountToAsync(9, step: 3, label: "x", start: 4));
        Assert.Equal("9 2 None None", await _commands.CountToAsync(9, start: null));
        Assert.Equal("9 2 None 1", await _commands.CountToAsync(new CountToRequest { Limit = 9 }));
        Assert.Equal(Color.Red, await _commands.EchoColorAsync());
        Assert.Equal(Color.DarkBlue, await _commands.EchoColorAsync(Color.DarkBlue));
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
