using System.Text;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

/// <summary>What a worker sends that is no answer.</summary>
public sealed class IncomingMessageTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"$/x","call":7,"params":{"a":{"b":1}}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"params":{},"call":7,"method":"$/x","more":{"a":[]}}""", "{}")]
    [InlineData("""{"method":"$/x","params":[1],"call":7}""", "[1]")]
    public void Its_members_may_be_of_any_shape_and_in_any_order(string frame, string parameters)
    {
        Assert.True(IncomingMessage.TryParse(Encoding.UTF8.GetBytes(frame), out var message));

        Assert.Equal(("$/x", parameters, 7L), (Encoding.UTF8.GetString(message.Method), Encoding.UTF8.GetString(message.Params), message.Call));
        Assert.True(message.Id.IsEmpty);
    }

    [Theory]
    [InlineData("""{"id":1,"result":{}}""")]
    [InlineData("""{"method":"$/x","params":{}""")]
    [InlineData("""{"method":"$/x"}{}""")]
    [InlineData("""["method"]""")]
    public void Anything_else_is_none(string frame) => Assert.False(IncomingMessage.TryParse(Encoding.UTF8.GetBytes(frame), out _));
}
