using System.Collections;
using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Lists of numbers, short and long, from C# to Python and back.</summary>
public sealed class PackedTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private ByteCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await BytePools.StartAsync();
        _commands = new ByteCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4095)]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public async Task Numbers_come_back_bit_for_bit_from_any_list(int count)
    {
        var numbers = Enumerable.Range(0, count).Select(i => (i * 1.1) - 7).ToArray();

        foreach (var list in (IReadOnlyList<double>[])[numbers, numbers.ToList(), numbers.ToValueList(), new ArraySegment<double>(numbers), new Foreign(numbers)])
        {
            Assert.Equal(numbers, await _commands.EchoRealsAsync(list));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Integers_come_back_exactly(int count)
    {
        long[] integers = [long.MinValue, long.MaxValue, (1L << 53) + 1, -1, .. Enumerable.Range(0, count)];

        Assert.Equal(integers, await _commands.EchoIntegersAsync(integers));
        Assert.Equal(integers, await _commands.EchoIntegersAsync(integers.ToList()));
    }

    [Fact]
    public async Task Long_lists_keep_each_bit_of_what_is_no_number()
    {
        long[] bits =
        [
            unchecked((long)0x8000000000000000), 0x7FF0000000000000, unchecked((long)0xFFF0000000000000),
            0x7FF8000000000000, unchecked((long)0xFFF8000000000000), 0x7FF8000000000123, 1, 0x7FEFFFFFFFFFFFFF,
            .. new long[100],
        ];
        var numbers = bits.Select(BitConverter.Int64BitsToDouble).ToList();

        Assert.Equal(bits, await _commands.BitsAsync(numbers));
        Assert.Equal(bits, (await _commands.EchoRealsAsync(numbers)).Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public async Task Lists_of_lists_are_packed_one_by_one()
    {
        var rows = Enumerable.Range(0, 50).Select(i => (IReadOnlyList<double>)Enumerable.Repeat(0.1 * i, i * 3).ToArray()).ToList();

        Assert.Equal(rows, await _commands.EchoMatrixAsync(rows));
    }

    [Theory]
    [InlineData("bool", 10)]
    [InlineData("bool", 1000)]
    [InlineData("text", 10)]
    [InlineData("text", 1000)]
    [InlineData("none", 10)]
    [InlineData("none", 1000)]
    public async Task What_is_no_number_is_an_error_with_its_place(string @case, long count)
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => _commands.BadNumbersAsync(@case, count));

        Assert.Equal("/2", exception.Path);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task An_integer_among_floats_is_the_float(long count) =>
        Assert.Equal(3.0, (await _commands.BadNumbersAsync("integer", count))[2]);

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task An_integer_above_64_bits_is_an_error_with_its_place(long count)
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => _commands.LargeIntegersAsync(count));

        Assert.Equal("/3", exception.Path);
        Assert.Contains("9223372036854775808", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_list_is_an_error_before_anything_is_sent() =>
        Assert.Equal("/values", (await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.EchoRealsAsync(null!))).Path);

    private sealed class Foreign(double[] items) : IReadOnlyList<double>
    {
        public int Count => items.Length;

        public double this[int index] => items[index];

        public IEnumerator<double> GetEnumerator() => items.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
