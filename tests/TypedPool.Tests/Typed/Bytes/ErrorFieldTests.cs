using Xunit;

namespace TypedPool.Tests.Typed.Bytes;

/// <summary>Exceptions whose fields are bytes and long lists: errors bring no attachments, and the fields are the same.</summary>
public sealed class ErrorFieldTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Bytes_and_numbers_of_an_exception_arrive_exactly(int count)
    {
        await using var pool = await BytePools.StartAsync();
        var commands = new ByteCommands(pool);
        var numbers = Enumerable.Range(0, count).Select(i => i / 7.0).ToArray();

        var exception = await Assert.ThrowsAsync<DamagedException>(() => commands.RefuseAsync(BytesTests.Some(count), numbers));

        Assert.Equal(BytesTests.Some(count), exception.Raw);
        Assert.Equal(numbers, exception.Values);
        Assert.Equal(count, await commands.CountBytesAsync(new byte[count]));
    }
}
