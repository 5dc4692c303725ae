using System.Numerics;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Typed.Arrays;

/// <summary>NumPy's arrays from C# to Python and back.</summary>
public sealed class NdArrayTests : IAsyncLifetime
{
    private PythonPool _pool = null!;
    private ArrayCommands _commands = null!;

    public async ValueTask InitializeAsync()
    {
        _pool = await NumPy.StartAsync();
        _commands = new ArrayCommands(_pool);
    }

    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? default;

    [Fact]
    public async Task Elements_of_every_type_come_back_bit_for_bit()
    {
        await ComeBack([0.0, -0.0, double.NaN, double.PositiveInfinity, double.Epsilon, double.MaxValue], (c, a) => c.EchoFloat64Async(a));
        await ComeBack([0f, -0f, float.NaN, float.NegativeInfinity, float.Epsilon, float.MaxValue], (c, a) => c.EchoFloat32Async(a));
        await ComeBack([Half.MinValue, Half.NaN, Half.Epsilon, Half.NegativeZero], (c, a) => c.EchoFloat16Async(a));
        await ComeBack([true, false, true, true], (c, a) => c.EchoBoolAsync(a));
        await ComeBack([sbyte.MinValue, (sbyte)-1, sbyte.MaxValue, (sbyte)0], (c, a) => c.EchoInt8Async(a));
        await ComeBack([short.MinValue, (short)-1, short.MaxValue, (short)0], (c, a) => c.EchoInt16Async(a));
        await ComeBack([int.MinValue, -1, int.MaxValue, 0], (c, a) => c.EchoInt32Async(a));
        await ComeBack([long.MinValue, -1, long.MaxValue, 0], (c, a) => c.EchoInt64Async(a));
        await ComeBack([(byte)0, (byte)1, (byte)254, (byte)255], (c, a) => c.EchoUint8Async(a));
        await ComeBack([(ushort)0, (ushort)1, (ushort)258, ushort.MaxValue], (c, a) => c.EchoUint16Async(a));
        await ComeBack([0u, 1u, 66051u, uint.MaxValue], (c, a) => c.EchoUint32Async(a));
        await ComeBack([0ul, 1ul, 72623859790382856ul, ulong.MaxValue], (c, a) => c.EchoUint64Async(a));
        await ComeBack([new Complex(1, -2), new Complex(double.NaN, -0.0), Complex.Zero, Complex.ImaginaryOne], (c, a) => c.EchoComplex128Async(a));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 3, 0, 2 })]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 2, 3, 4, 5 })]
    [InlineData(new[] { 1000, 1000 })]
    public async Task Every_shape_comes_back(int[] shape)
    {
        var array = new NdArray<double>(shape);
        for (var i = 0; i < array.Length; i++)
        {
            array.Span[i] = i + 0.5;
        }

        var back = await _commands.EchoFloat64Async(array);

        Assert.Equal(shape, back.Shape.ToArray());
        Assert.True(back.Span.SequenceEqual(array.Span));
        Assert.Equal(array.Length, await _commands.CountElementsAsync(array));
    }

    [Fact]
    public async Task A_view_in_another_order_arrives_in_row_major_order()
    {
        var back = await _commands.TransposeAsync(NdArray.FromArray([1.0, 2, 3, 4, 5, 6], 2, 3));

        Assert.Equal([3, 2], back.Shape.ToArray());
        Assert.Equal([1.0, 4, 2, 5, 3, 6], back.Span.ToArray());
        var everySecond = (await _commands.BigEndianAsync(NdArray.FromArray([1.0, 2, 3, 4, 5], 5))).Span.ToArray();
        Assert.Equal([1.0, 3, 5], everySecond);
        Assert.Equal(0, (await _commands.TotalAsync(new NdArray<double>(4))).Rank);
    }

    [Fact]
    public async Task Python_writes_to_its_own_memory_and_not_to_ours()
    {
        var array = NdArray.FromArray(Enumerable.Range(0, 50_000).ToArray(), 50_000);

        var back = await _commands.DoubleInPlaceAsync(array);

        Assert.Equal((49_999, 99_998), (array[49_999], back[49_999]));
    }

    [Fact]
    public async Task An_array_that_a_command_keeps_is_never_changed_by_a_later_call()
    {
        for (var i = 0; i < 8; i++)
        {
            await _commands.KeepArrayAsync(Filled(i, 50_000));
            await _commands.EchoFloat64Async(Filled(-1, 100_000));
            await _commands.EchoFloat64Async(Filled(-2, 50_000));
        }

        for (var i = 0; i < 8; i++)
        {
            Assert.False((await _commands.KeptArrayAsync(i)).Span.ContainsAnyExcept(i));
        }

        static NdArray<double> Filled(double value, int count) => NdArray.FromArray(Enumerable.Repeat(value, count).ToArray(), count);
    }

    [Theory]
    [InlineData(8_191)]
    [InlineData(8_192)]
    [InlineData(8_193)]
    [InlineData(1_000_000)]
    public async Task Arrays_of_every_size_come_back_time_after_time_and_stay(int count)
    {
        var results = new List<(NdArray<double> Sent, NdArray<double> Back)>();
        for (var i = 0; i < 4; i++)
        {
            var array = NdArray.FromArray(Enumerable.Range(i, count).Select(j => j / 7.0).ToArray(), count);
            results.Add((array, await _commands.EchoFloat64Async(array)));
        }

        Assert.All(results, result => Assert.True(result.Back.Span.SequenceEqual(result.Sent.Span)));
    }

    [Fact]
    public async Task A_shape_that_the_schema_does_not_allow_is_an_error_before_anything_is_sent()
    {
        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.TransposeAsync(new NdArray<double>(3, 4)));

        Assert.Equal("/value", exception.Path);
        Assert.Contains("(*, 3)", exception.Message, StringComparison.Ordinal);
        Assert.Contains("(3, 4)", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.TransposeAsync(new NdArray<double>(3)));
        await Assert.ThrowsAsync<InvalidArgumentsException>(() => _commands.TransposeAsync(null!));
    }

    [Theory]
    [InlineData("dtype", "float32")]
    [InlineData("shape", "(3,)")]
    [InlineData("masked", "MaskedArray")]
    [InlineData("list", "an array of length 2")]
    [InlineData("scalar", "1.0")]
    public async Task A_result_that_is_no_such_array_is_an_error(string @case, string found)
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => _commands.OddResultAsync(@case));

        Assert.Contains(found, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arrays_stand_in_records_lists_and_where_nothing_may_be()
    {
        var picture = new Picture { Pixels = NdArray.FromArray(Bytes.BytesTests.Some(2 * 4 * 3), 2, 4, 3), Mask = NdArray.FromArray([true, false], 2) };

        var back = await _commands.EchoPictureAsync(new PictureInput { Pixels = picture.Pixels, Mask = picture.Mask });

        Assert.True(back.Pixels.Span.SequenceEqual(picture.Pixels.Span));
        Assert.Equal([true, false], back.Mask!.Span.ToArray());
        var list = await _commands.EchoArraysAsync([null, new NdArray<double>(2, 2), null]);
        Assert.Equal([null, 4, null], list.Select(array => array?.Length));
    }

    [Fact]
    public async Task The_schema_of_these_tests_is_what_their_module_exports()
    {
        var module = RepositoryRoot.Combine("tests", "TypedPool.Tests", "python", "typed_arrays.py");

        var check = await CommandLine.RunAsync(NumPy.Path,
            [RepositoryRoot.Combine("python", "__main__.py"), "check", module, "--against", System.IO.Path.ChangeExtension(module, ".openrpc.json"), "--exact"]);

        Assert.True(check.ExitCode == 0, check.ToString());
    }

    private async Task ComeBack<T>(T[] elements, Func<ArrayCommands, NdArray<T>, Task<NdArray<T>>> echo)
        where T : unmanaged
    {
        foreach (var count in (int[])[elements.Length, 60_000])
        {
            var sent = NdArray.FromArray([.. Enumerable.Range(0, count / 2 * 2).Select(i => elements[i % elements.Length])], 2, count / 2);

            var back = await echo(_commands, sent);

            Assert.Equal([2, count / 2], back.Shape.ToArray());
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes(back.Span).SequenceEqual(
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(sent.Span)));
        }
    }
}
