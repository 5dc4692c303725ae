using System.Globalization;
using System.Numerics;
using TypedPool.Testing;
using TypedPool.Tests.Runtime;
using TypedPool.Tests.Typed.Scalars;
using Xunit;

namespace TypedPool.Tests.Typed;

/// <summary>Types without parts, from C# to Python and back: to their edges, and one step beyond.</summary>
public sealed class ScalarTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private ScalarCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await ScalarCommands.StartAsync(
            new PythonPoolOptions { Module = "typed_scalars", SearchPaths = { "python" }, Size = 1, Overflow = 0, Launch = Pools.Launch });
        _commands = new ScalarCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Fact]
    public async Task Decimals_keep_every_digit_and_every_zero()
    {
        decimal[] values =
        [
            0m, 0.00m, -0.00m, 1.10m, -12345.678900m, 0.0000001m, decimal.MaxValue, decimal.MinValue,
            0.0000000000000000000000000001m, 0.0000000000000000000000000000m, 7.9228162514264337593543950335m,
        ];
        foreach (var value in values)
        {
            Assert.Equal(decimal.GetBits(value), decimal.GetBits(await _commands.EchoDecimalAsync(value)));
        }
    }

    [Fact]
    public async Task Moments_keep_offset_and_microseconds()
    {
        DateTimeOffset[] values =
        [
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue.AddTicks(-9), DateTimeOffset.UnixEpoch,
            new(1, 1, 1, 14, 0, 0, TimeSpan.FromHours(14)), new(9999, 12, 31, 9, 59, 59, TimeSpan.FromHours(-14)),
            new(2026, 11, 25, 9, 40, 54, new TimeSpan(-3, -30, 0)), new DateTimeOffset(2024, 2, 29, 0, 0, 0, new TimeSpan(12, 45, 0)).AddTicks(10),
        ];
        foreach (var value in values)
        {
            Assert.True(value.EqualsExact(await _commands.EchoMomentAsync(value)), value.ToString("O", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Dates_and_times_without_an_offset_come_back_of_the_same_kind()
    {
        foreach (var value in (DateTime[])[DateTime.MinValue, new DateTime(DateTime.MaxValue.Ticks - 9), new DateTime(2026, 1, 31).AddTicks(10)])
        {
            var back = await _commands.EchoNaiveAsync(value);
            Assert.Equal((value, DateTimeKind.Unspecified), (back, back.Kind));
        }

        foreach (var value in (DateOnly[])[DateOnly.MinValue, DateOnly.MaxValue, new(2024, 2, 29)])
        {
            Assert.Equal(value, await _commands.EchoDateAsync(value));
        }

        foreach (var value in (TimeOnly[])[TimeOnly.MinValue, new(TimeOnly.MaxValue.Ticks - 9), new(9, 40, 54, 0, 1)])
        {
            Assert.Equal(value, await _commands.EchoTimeAsync(value));
        }
    }

    [Fact]
    public async Task Durations_come_back_exactly()
    {
        TimeSpan[] values =
        [
            TimeSpan.Zero, TimeSpan.FromTicks(10), TimeSpan.FromTicks(-10), TimeSpan.FromTicks(TimeSpan.MaxValue.Ticks - 7),
            TimeSpan.FromTicks(TimeSpan.MinValue.Ticks + 8), new(1, 2, 3, 4, 500), TimeSpan.FromDays(-1), TimeSpan.FromMinutes(61), TimeSpan.FromSeconds(59.25),
        ];
        foreach (var value in values)
        {
            Assert.Equal(value, await _commands.EchoDurationAsync(value));
        }
    }

    [Fact]
    public async Task Uuids_and_paths_come_back()
    {
        foreach (var value in (Guid[])[Guid.Empty, Guid.AllBitsSet, new("12345678-1234-5678-9abc-123456789abc")])
        {
            Assert.Equal(value, await _commands.EchoUuidAsync(value));
        }

        Assert.Equal("a/ü 😀/../b", await _commands.EchoPathAsync("a/ü 😀/../b"));
        Assert.Equal("a/b", await _commands.EchoPathAsync("./a//b/"));
    }

    [Fact]
    public async Task Numbers_of_every_width_come_back_to_their_extremes()
    {
        var least = new Numbers
        {
            I8 = sbyte.MinValue,
            U8 = byte.MinValue,
            I16 = short.MinValue,
            U16 = ushort.MinValue,
            I32 = int.MinValue,
            U32 = uint.MinValue,
            U64 = ulong.MinValue,
            Big = 1 - BigInteger.Pow(10, 4300),
            Single = float.MinValue,
            Exact = decimal.MinValue,
        };
        var most = new Numbers
        {
            I8 = sbyte.MaxValue,
            U8 = byte.MaxValue,
            I16 = short.MaxValue,
            U16 = ushort.MaxValue,
            I32 = int.MaxValue,
            U32 = uint.MaxValue,
            U64 = ulong.MaxValue,
            Big = BigInteger.Pow(10, 4300) - 1,
            Single = float.MaxValue,
            Exact = decimal.MaxValue,
        };
        Assert.Equal(least, await _commands.EchoNumbersAsync(least));
        Assert.Equal(most, await _commands.EchoNumbersAsync(most));
        foreach (var big in (BigInteger[])[0, -1, long.MaxValue, BigInteger.One << 64, -(BigInteger.One << 200)])
        {
            Assert.Equal(big, await _commands.EchoBigAsync(big));
        }
    }

    [Fact]
    public async Task Numbers_of_32_bits_come_back_bit_for_bit()
    {
        float[] values =
        [
            0f, -0f, 0.1f, 1f / 3, 16777216f, float.Epsilon, float.MaxValue, float.MinValue,
            float.NaN, float.PositiveInfinity, float.NegativeInfinity,
        ];

        var back = await _commands.EchoSinglesAsync(values);

        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), back.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public async Task Every_type_comes_back_required_nullable_optional_in_lists_and_in_maps()
    {
        var sent = Every();
        var nulls = sent with { MaybeAt = null, MaybeId = null, Spans = new Dictionary<string, TimeSpan?> { ["a"] = null }.ToValueMap(), Days = [] };
        foreach (var value in (EveryInput[])[sent, nulls with { MaybeExact = new Optional<decimal?>(null), Exact = 0.10m, MaybeClock = new(1, 2) }])
        {
            var back = await _commands.EchoEveryAsync(value);

            Assert.Equal(
                (value.At, value.Local, value.Day, value.Clock, value.Span, value.Id, value.Path),
                (back.At, back.Local, back.Day, back.Clock, back.Span, back.Id, back.Path));
            Assert.Equal((value.MaybeAt, value.MaybeId, value.MaybeClock), (back.MaybeAt, back.MaybeId, back.MaybeClock));
            Assert.Equal(value.Numbers, back.Numbers);
            Assert.Equal(value.Days, back.Days);
            Assert.Equal(value.Spans, back.Spans);
            Assert.Equal(value.Exact ?? 1.50m, back.Exact);
            Assert.Equal(value.MaybeExact.HasValue ? value.MaybeExact.Value : 2.5m, back.MaybeExact);
        }
    }

    [Fact]
    public async Task What_is_not_sent_is_Pythons_own_default()
    {
        Assert.Equal(
            "datetime.datetime(2026, 1, 31, 12, 0, tzinfo=datetime.timezone.utc) Decimal('1.50') 50 datetime.timedelta(days=1)",
            await _commands.DescribeAsync());
        Assert.Equal(
            "datetime.datetime(2026, 1, 31, 12, 0, 0, 1, tzinfo=datetime.timezone(datetime.timedelta(seconds=3600))) Decimal('0.0') 0 None",
            await _commands.DescribeAsync(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 0, 1, TimeSpan.FromHours(1)), 0.0m, 0, null));
    }

    [Fact]
    public async Task What_Python_does_not_have_is_refused_before_it_is_sent()
    {
        var tick = DateTime.UnixEpoch.AddTicks(1).Ticks;
        await Refused("/value", "whole microseconds", _commands.EchoMomentAsync(new DateTimeOffset(tick, TimeSpan.Zero)));
        await Refused("/value", "whole microseconds", _commands.EchoNaiveAsync(new DateTime(tick)));
        await Refused("/value", "DateTimeKind.Utc", _commands.EchoNaiveAsync(new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc)));
        await Refused("/value", "DateTimeKind.Local", _commands.EchoNaiveAsync(new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Local)));
        await Refused("/value", "whole microseconds", _commands.EchoTimeAsync(new TimeOnly(1)));
        await Refused("/value", "whole microseconds", _commands.EchoDurationAsync(TimeSpan.MaxValue));
        await Refused("/value", "whole microseconds", _commands.EchoDurationAsync(TimeSpan.MinValue));
        await Refused("/value", "4300 digits", _commands.EchoBigAsync(BigInteger.Pow(10, 4300)));
        await Refused("/value/spans/b", "whole microseconds", _commands.EchoEveryAsync(
            Every() with { Spans = new Dictionary<string, TimeSpan?> { ["b"] = TimeSpan.FromTicks(1) }.ToValueMap() }));
    }

    [Fact]
    public async Task Constraints_are_asked_before_a_value_is_sent()
    {
        Assert.Equal("😀😀😀", await _commands.OrderAsync(Order() with { Name = "😀😀😀" }));
        await Refused("/value/price", "at least 0, found the number -0.01", _commands.OrderAsync(Order() with { Price = -0.01m }));
        await Refused("/value/price", "less than 1000.00, found the number 1000", _commands.OrderAsync(Order() with { Price = 1000m }));
        await Refused("/value/price", "a multiple of 0.01, found the number 0.005", _commands.OrderAsync(Order() with { Price = 0.005m }));
        await Refused("/value/percent", "at most 100, found the number 101", _commands.OrderAsync(Order() with { Percent = 101 }));
        await Refused("/value/percent", "at least 0, found the number -1", _commands.OrderAsync(Order() with { Percent = -1 }));
        await Refused("/value/name", "at least 1 character, found a string of 0 characters", _commands.OrderAsync(Order() with { Name = "" }));
        await Refused("/value/name", "at most 3 characters, found a string of 4 characters", _commands.OrderAsync(Order() with { Name = "😀😀😀😀" }));
        await Refused("/value/ratio", "more than 0, found the number NaN", _commands.OrderAsync(Order() with { Ratio = double.NaN }));
        await Refused("/value/tags", "at most 2 items, found 3 items", _commands.OrderAsync(Order() with { Tags = ["a", "b", "c"] }));
        await Refused("/value/tags", "at least 1 item, found 0 items", _commands.OrderAsync(Order() with { Tags = [] }));
        await Refused("/value/tags/1", "at most 2 characters", _commands.OrderAsync(Order() with { Tags = ["a", "abc"] }));
        await Refused("/percent", "at most 100", _commands.DescribeAsync(percent: 101));

        // A pattern is Python's own.
        await Refused("/value/name", "matches the pattern", _commands.OrderAsync(Order() with { Name = " a" }), byPython: true);
    }

    [Fact]
    public async Task Bounds_of_dates_and_times_are_asked_by_Python_with_path_and_value()
    {
        Assert.Equal("abc", await _commands.OrderAsync(Order() with { Due = new DateOnly(2026, 1, 1), Since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-1)) }));

        await Refused("/value/due", "at least 2026-01-01, found the date \"2025-12-31\"", _commands.OrderAsync(Order() with { Due = new DateOnly(2025, 12, 31) }), byPython: true);
        await Refused("/value/opens", "less than 18:00:00, found the time \"18:00:00\"", _commands.OrderAsync(Order() with { Opens = new TimeOnly(18, 0) }), byPython: true);
        await Refused("/value/takes", "at most P1D, found the timedelta \"1 day, 0:00:01\"", _commands.OrderAsync(Order() with { Takes = new TimeSpan(1, 0, 0, 1) }), byPython: true);
        await Refused("/value/since", "more than 2026-01-01T00:00:00+00:00", _commands.OrderAsync(Order() with { Since = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)) }), byPython: true);
        await Refused("/value/local", "at least 2026-01-01T00:00:00", _commands.OrderAsync(Order() with { Local = new DateTime(2025, 1, 1) }), byPython: true);
    }

    [Theory]
    [InlineData("at", "/0/at", "a datetime with a tzinfo")]
    [InlineData("local", "/0/local", "without a tzinfo")]
    [InlineData("day", "/0/day", "a date")]
    [InlineData("clock", "/0/clock", "without a tzinfo")]
    [InlineData("span", "/0/span", "a duration of at most 10675199 days")]
    [InlineData("id", "/0/id", "a UUID")]
    [InlineData("path", "/0/path", "a Path")]
    [InlineData("exact", "/0/exact", "NaN")]
    [InlineData("maybe_exact", "/0/maybe_exact", "1E-29")]
    [InlineData("i8", "/0/numbers/i8", "from -128 to 127")]
    [InlineData("u8", "/0/numbers/u8", "from 0 to 255")]
    [InlineData("u64", "/0/numbers/u64", "18446744073709551616")]
    [InlineData("single", "/0/numbers/single", "0.1")]
    [InlineData("big", "/0/numbers/big", "4300 digits")]
    public async Task A_result_that_CSharp_does_not_have_is_told_with_path_and_value(string name, string path, string said)
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => _commands.OffByAsync(name));

        Assert.Equal(path, exception.Path);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_is_held_against_its_constraints()
    {
        Assert.Equal(100, await _commands.PercentOfAsync(5, 5));
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => _commands.PercentOfAsync(6, 5));
        Assert.Contains("at most 100, found the number 120", exception.Message, StringComparison.Ordinal);
        Assert.Equal(BigInteger.Pow(10, 4299), await _commands.BigDigitsAsync(4300));
        await Assert.ThrowsAsync<InvalidResultException>(() => _commands.BigDigitsAsync(4301));
    }

    [Fact]
    public async Task The_schema_of_these_tests_is_what_their_module_exports()
    {
        var module = RepositoryRoot.Combine("tests", "TypedPool.Tests", "python", "typed_scalars.py");
        var schema = Path.ChangeExtension(module, ".openrpc.json");

        var check = await CommandLine.RunAsync(
            Python.Default.Path, [RepositoryRoot.Combine("python", "__main__.py"), "check", module, "--against", schema, "--exact"]);

        Assert.True(check.ExitCode == 0, check.ToString());
    }

    private static async Task Refused(string path, string said, Task call, bool byPython = false)
    {
        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => call);

        Assert.Equal(path, exception.Path);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.Equal(byPython, exception.InnerException is not TypedPool.Serialization.JsonMismatchException);
    }

    private static EveryInput Every() => new()
    {
        At = new DateTimeOffset(2026, 1, 31, 12, 0, 0, 1, 2, TimeSpan.FromHours(1)),
        Local = new DateTime(2026, 1, 31, 12, 0, 0, 1, 2),
        Day = new DateOnly(2026, 1, 31),
        Clock = new TimeOnly(12, 30),
        Span = TimeSpan.FromMicroseconds(-1),
        Id = Guid.AllBitsSet,
        Path = "a/b",
        Numbers = new Numbers { I8 = 1, U8 = 2, I16 = 3, U16 = 4, I32 = 5, U32 = 6, U64 = 7, Big = 8, Single = 9.5f, Exact = 10.50m },
        MaybeAt = DateTimeOffset.UnixEpoch,
        MaybeId = Guid.Empty,
        Days = [DateOnly.MinValue, DateOnly.MaxValue],
        Spans = new Dictionary<string, TimeSpan?> { ["a"] = null, ["b"] = TimeSpan.FromDays(1) }.ToValueMap(),
    };

    private static Order Order() => new() { Price = 999.99m, Percent = 100, Name = "abc", Ratio = 0.5, Tags = ["ab"] };
}
