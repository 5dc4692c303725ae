using System.Runtime.InteropServices;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Values;

public sealed class NdArrayOfTTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 24)];

    [Fact]
    public void Elements_stand_in_row_major_order()
    {
        var line = NdArray.FromArray(Numbers, 24);
        var table = NdArray.FromArray(Numbers, 4, 6);
        var cube = NdArray.FromArray(Numbers, 2, 3, 4);

        Assert.Equal((0, 23), (line[0], line[23]));
        Assert.Equal((1, 6, 23), (table[0, 1], table[1, 0], table[3, 5]));
        Assert.Equal((1, 4, 12, 23), (cube[0, 0, 1], cube[0, 1, 0], cube[1, 0, 0], cube[1, 2, 3]));
        Assert.Equal((3, 24, "Int32(2, 3, 4)"), (cube.Rank, cube.Length, cube.ToString()));
        Assert.Equal("Int32(24,)", line.ToString());
    }

    [Fact]
    public void An_array_without_dimensions_is_a_single_element()
    {
        var single = new NdArray<double>();
        single[[]] = 1.5;

        Assert.Equal((0, 1, 1.5, "Double()"), (single.Rank, single.Length, single.Span[0], single.ToString()));
    }

    [Fact]
    public void What_is_written_is_written_to_the_memory_that_was_given()
    {
        int[] numbers = [1, 2, 3, 4, 5, 6];
        var array = NdArray.FromMemory(numbers.AsMemory(1, 4), 2, 2);

        array[1, 0] = 70;
        array.Reshape(4)[3] = 80;

        Assert.Equal([1, 2, 3, 70, 80, 6], numbers);
    }

    [Theory]
    [InlineData(new[] { -1 }, new[] { 24 })]
    [InlineData(new[] { 6, -1 }, new[] { 6, 4 })]
    [InlineData(new[] { -1, 3, 8 }, new[] { 1, 3, 8 })]
    [InlineData(new[] { 2, 2, -1, 2 }, new[] { 2, 2, 3, 2 })]
    [InlineData(new[] { 24, 1 }, new[] { 24, 1 })]
    public void A_shape_may_leave_one_length_open(int[] shape, int[] expected)
    {
        var array = NdArray.FromArray(Numbers, 24);

        Assert.Equal(expected, array.Reshape(shape).Shape.ToArray());
        Assert.Equal([24], array.Shape.ToArray());
    }

    [Theory]
    [InlineData(new[] { 5, -1 })]
    [InlineData(new[] { 0, -1 })]
    [InlineData(new[] { -1, -1 })]
    [InlineData(new[] { -2, -12 })]
    [InlineData(new[] { 23 })]
    [InlineData(new int[0])]
    public void A_shape_of_another_number_of_elements_is_refused(int[] shape) =>
        Assert.Throws<ArgumentException>(nameof(shape), () => NdArray.FromArray(Numbers, 24).Reshape(shape));

    [Theory]
    [InlineData(new[] { -1 }, "-1")]
    [InlineData(new[] { 0, -5 }, "-5")]
    [InlineData(new[] { int.MaxValue, 2 }, "more elements")]
    [InlineData(new[] { 65536, 65536, 65536, 65536 }, "more elements")]
    public void A_shape_that_no_array_has_is_refused(int[] shape, string told)
    {
        var exception = Assert.Throws<ArgumentException>(nameof(shape), () => new NdArray<byte>(shape));

        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dimension_of_zero_makes_it_empty_however_long_the_others_are()
    {
        var empty = new NdArray<double>(int.MaxValue, 0, int.MaxValue);

        Assert.Equal((3, 0), (empty.Rank, empty.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => empty[0, 0, 0]);
    }

    [Theory]
    [InlineData(4, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 6, 1)]
    [InlineData(0, -1, 1)]
    public void An_index_outside_is_refused_and_its_dimension_named(int row, int column, int dimension)
    {
        var table = NdArray.FromArray(Numbers, 4, 6);

        var two = Assert.Throws<ArgumentOutOfRangeException>(() => table[row, column]);
        var many = Assert.Throws<ArgumentOutOfRangeException>(() => table.Reshape(4, 6, 1)[row, column, 0]);

        Assert.All([two, many], exception => Assert.Contains($"Dimension {dimension} has the indices 0 to", exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Another_number_of_indices_than_dimensions_is_refused()
    {
        var table = NdArray.FromArray(Numbers, 4, 6);

        Assert.Contains("1 indices, and the array has 2", Assert.Throws<ArgumentException>(() => table[0]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table[0, 0, 0]);
        Assert.Throws<ArgumentException>(() => table.Reshape(24)[0, 0]);
    }

    [Fact]
    public void Elements_of_which_there_are_no_arrays_are_refused()
    {
        Assert.Contains("System.Char", Assert.Throws<NotSupportedException>(() => new NdArray<char>(2)).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => NdArray.FromArray(new decimal[2], 2));
    }

    [Fact]
    public void Memory_that_is_taken_for_another_type_is_the_same_memory()
    {
        byte[] bytes = [1, 0, 0, 0, 2, 0, 0, 0, 9];
        var cast = new CastMemory<byte, uint>(bytes.AsMemory(0, 8)).Memory;

        cast.Span[1] = BitConverter.IsLittleEndian ? 0x01020304u : 0x04030201u;

        Assert.Equal([1, 0, 0, 0, 4, 3, 2, 1, 9], bytes);
        Assert.Equal(2, cast.Length);
        Assert.Equal(1, cast[1..].Length);
    }

    [Fact]
    public void Memory_that_is_taken_for_another_type_can_be_pinned_wherever_it_begins()
    {
        using var folder = new TemporaryFolder();
        var bytes = new CastMemory<int, byte>((int[])[1, 2, 3]).Memory;
        using var file = File.OpenHandle(Path.Combine(folder.Path, "pinned"), FileMode.CreateNew, FileAccess.ReadWrite);

        // Several memories at once are pinned for as long as the system reads them.
        RandomAccess.Write(file, [bytes[8..], bytes[..4]], fileOffset: 0);

        var written = new byte[9];
        Assert.Equal(8, RandomAccess.Read(file, written, fileOffset: 0));
        Assert.Equal([3, 1], MemoryMarshal.Cast<byte, int>(written.AsSpan(0, 8)).ToArray());
    }
}
