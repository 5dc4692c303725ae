using System.Text;
using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"result":{"a":[1,2]}}""", 7, """{"a":[1,2]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":9007199254740993,"result":null}""", 9007199254740993, "null")]
    [InlineData("""{ "id" : 7, "result" : [1, 2] , "jsonrpc" : "2.0" }""", 7, "[1, 2]")]
    [InlineData("""{"result":"}","extra":{"id":1},"id":8,"jsonrpc":"2.0"}""", 8, "\"}\"")]
    public void A_result_is_found_in_any_form_that_JSON_RPC_allows(string frame, long id, string result)
    {
        var answer = Answer.Parse(Encoding.UTF8.GetBytes(frame));

        Assert.Equal(id, answer.Id);
        Assert.Equal(result, Encoding.UTF8.GetString(answer.Result));
        Assert.True(answer.Error.IsEmpty);
    }

    [Fact]
    public void An_error_is_found()
    {
        var answer = Answer.Parse("""{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"no","data":{"type":"a.B","notes":["n"]}}}"""u8);

        var error = WireError.Parse(answer.Error);

        Assert.Equal((-32000, "no", "a.B"), (error.Code, error.Message, error.Type));
        Assert.True(answer.Result.IsEmpty);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("nonsense")]
    [InlineData("""{"jsonrpc":"2.0","id":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"7","result":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{"id":7,"result":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":[7],"result":1}""")]
    [InlineData("""{"id":7,"result":1} {}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"x"}} and more""")]
    [InlineData("""{"id":7,"result":1,"error":{"code":1,"message":""}}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"$/log","params":{}}""")]
    public void What_answers_nothing_is_a_protocol_fault(string frame) =>
        Assert.Throws<ProtocolException>(() => Answer.Parse(Encoding.UTF8.GetBytes(frame)).Id);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"code":"1","message":"x"}""")]
    public void An_error_that_is_none_is_a_protocol_fault(string error) =>
        Assert.Throws<ProtocolException>(() => WireError.Parse(Encoding.UTF8.GetBytes(error)));
}
