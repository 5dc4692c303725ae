using System.Buffers;
using System.Text;
using System.Text.Json;
using TypedPool.Serialization;
using Xunit;

namespace TypedPool.Tests.Typed.Containers;

/// <summary>Values as deep as they get: they come back, or the call fails; nothing dies.</summary>
public sealed class NestingTests : ContainerTestCase
{
    /// <summary>A link is one level in JSON, a tree two, and Python's own stack has room for a few hundred of them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task Deep_values_come_back_equal(int depth)
    {
        var link = Links(depth);
        var tree = Trees(depth / 2);

        Assert.Equal(link, await Commands.EchoLinkAsync(link));
        Assert.Equal(tree, await Commands.EchoTreeAsync(tree));
        Assert.Equal(link, await Commands.ChainAsync(depth));
    }

    [Theory]
    [InlineData(990)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task What_is_too_deep_fails_its_call_and_nothing_else(int depth)
    {
        var pid = (await Commands.PingAsync()).Pid;

        var sent = await Assert.ThrowsAsync<InvalidArgumentsException>(() => Commands.EchoLinkAsync(Links(depth)));
        var tree = await Assert.ThrowsAsync<InvalidArgumentsException>(() => Commands.EchoTreeAsync(Trees(depth)));
        var received = await Assert.ThrowsAsync<InvalidResultException>(() => Commands.ChainAsync(depth));

        Assert.All((PythonPoolException[])[sent, tree, received], each => Assert.Matches("nest|deep|depth", each.Message));
        Assert.Equal(pid, (await Commands.PingAsync()).Pid);
    }

    [Fact]
    public void A_small_stack_ends_a_value_and_not_the_process()
    {
        var link = Links(900);
        var json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("""{"value":1,"next":""", 900)) + "null" + new string('}', 900));

        Assert.Contains("less nesting", OnSmallStack(() => Write(link)).Message, StringComparison.Ordinal);
        Assert.Contains("less nesting", OnSmallStack(() => Read(json)).Message, StringComparison.Ordinal);
    }

    private static JsonMismatchException OnSmallStack(Action action)
    {
        JsonMismatchException? caught = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (JsonMismatchException exception)
                {
                    caught = exception;
                }
            },
            maxStackSize: 160 * 1024);
        thread.Start();
        thread.Join();
        return caught ?? throw new InvalidOperationException("The stack was large enough.");
    }

    private static void Write(Link link)
    {
        using var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
        ContainerCommandsJson.WriteLink(writer, link);
    }

    private static void Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1_000 });
        reader.Read();
        ContainerCommandsJson.ReadLink(ref reader);
    }

    private static Link Links(int depth)
    {
        var link = new Link { Value = 0, Next = null };
        for (var value = 1; value < depth; value++)
        {
            link = new Link { Value = value, Next = link };
        }

        return link;
    }

    private static Tree Trees(int depth)
    {
        var tree = new Tree { Value = 0, Below = ValueMap<string, Tree>.Empty };
        for (var value = 1; value < depth; value++)
        {
            tree = new Tree { Value = value, Below = new Dictionary<string, Tree> { ["x"] = tree }.ToValueMap() };
        }

        return tree;
    }
}
