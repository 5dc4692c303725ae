using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Xunit;

namespace TypedPool.Tests.Protocol;

/// <summary>Frames by hand: what no well-meaning client sends.</summary>
internal static class RawClient
{
    internal static byte[] Frame(string json) => Frame(Encoding.UTF8.GetBytes(json));

    internal static byte[] Frame(byte[] body)
    {
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame, 4);
        return frame;
    }

    /// <summary>Sends a frame and reads the next one.</summary>
    internal static async Task<JsonElement> AskAsync(this ServeProcess server, string json)
    {
        await server.Input.WriteAsync(Frame(json));
        return await server.ReadAsync();
    }

    internal static async Task<JsonElement> ReadAsync(this ServeProcess server)
    {
        var header = new byte[4];
        await server.Output.ReadExactlyAsync(header);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header)];
        await server.Output.ReadExactlyAsync(body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>Asserts that an answer is an error with this code and id, and nothing else.</summary>
    internal static void AssertError(JsonElement answer, int code, string id = "null")
    {
        Assert.Equal(["jsonrpc", "id", "error"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString());
        Assert.Equal(id, answer.GetProperty("id").GetRawText());
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.NotEmpty(answer.GetProperty("error").GetProperty("message").GetString()!);
    }

    /// <summary>Asserts that the server still answers calls.</summary>
    internal static async Task AssertServesAsync(this ServeProcess server)
    {
        var answer = await server.AskAsync("""{"jsonrpc":"2.0","id":4711,"method":"subtract","params":[44,2]}""");
        Assert.Equal("""{"jsonrpc":"2.0","id":4711,"result":42}""", answer.GetRawText());
    }
}
