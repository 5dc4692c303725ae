using Xunit;

namespace TypedPool.Tests.Values;

public sealed class ValueBytesTests
{
    [Fact]
    public void Bytes_are_equal_where_their_content_is()
    {
        byte[] array = [9, 1, 2, 3, 9];
        ValueBytes bytes = new byte[] { 1, 2, 3 };
        ValueBytes same = new(array.AsMemory(1, 3));

        Assert.True(bytes == same);
        Assert.False(bytes != same);
        Assert.True(bytes.Equals((object)same));
        Assert.Equal(bytes.GetHashCode(), same.GetHashCode());
    }

    [Theory]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 4 })]
    [InlineData(new byte[] { 1, 2, 3, 0 })]
    [InlineData(new byte[0])]
    public void Other_content_is_not_equal(byte[] other)
    {
        ValueBytes bytes = new byte[] { 1, 2, 3 };

        Assert.True(bytes != other);
        Assert.False(bytes == other);
        Assert.NotEqual(bytes.GetHashCode(), new ValueBytes(other).GetHashCode());
    }

    [Fact]
    public void It_is_equal_to_nothing_else()
    {
        byte[] array = [1];
        Assert.False(new ValueBytes(array).Equals((object)array));
        Assert.False(new ValueBytes(array).Equals((object?)null));
    }

    [Fact]
    public void Empty_and_default_are_the_same()
    {
        Assert.Equal(default, ValueBytes.Empty);
        Assert.Equal(ValueBytes.Empty, new ValueBytes(Array.Empty<byte>()));
        Assert.Equal(ValueBytes.Empty.GetHashCode(), new ValueBytes(Array.Empty<byte>()).GetHashCode());
        Assert.Equal((0, "0 bytes"), (ValueBytes.Empty.Length, ValueBytes.Empty.ToString()));
    }

    [Fact]
    public void The_content_is_not_copied_and_a_copy_is_one()
    {
        byte[] array = [1, 2, 3];
        ValueBytes bytes = array;
        ReadOnlyMemory<byte> memory = bytes;
        var copy = bytes.ToArray();

        array[0] = 7;

        Assert.Equal((7, 7, 1), (bytes.Span[0], memory.Span[0], copy[0]));
        Assert.Equal((3, "3 bytes"), (bytes.Length, bytes.ToString()));
    }
}
