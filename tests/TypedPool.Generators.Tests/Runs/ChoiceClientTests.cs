using TypedPool.Generators.Tests.Choices;
using TypedPool.Generators.Tests.Support;
using TypedPool.Serialization;

namespace TypedPool.Generators.Tests.Runs;

/// <summary>Calls what is generated from <c>Snapshots/choices.json</c>: sets of values that no C# enum can hold, open ones, and flags.</summary>
public sealed class ChoiceClientTests
{
    private const string Everything =
        """{"color":"green","size":-3,"factor":-1.5,"mixed":true,"rights":3,"either":"-1"}""";

    [Fact]
    public async Task Every_kind_of_choice_is_written_as_its_value()
    {
        var server = new FakeInvoker("[]");

        await new ChoiceCommands(server).ChooseAsync(
            ChooseColor.DarkBlue, size: 3, factor: ChooseFactor.Value2e3, mixed: new(ChooseMixed.Value1_5), colorOrList: ChooseColorOrListText.None,
            eitherSet: Reaction.Plus1, rights: Rights.Read | Rights.Run, bigBits: ChooseBigBits.High);

        Assert.Equal(
            """{"color":"dark-blue","size":3,"factor":2000.0,"mixed":1.5,"color_or_list":"none","either_set":"\u002B1","rights":5,"big_bits":4294967296}""",
            server.Arguments);
    }

    [Fact]
    public async Task Every_kind_of_choice_is_read_as_its_value()
    {
        var server = new FakeInvoker($$"""[{{Everything}},{"color":"red","size":9223372036854775807,"factor":0.5,"mixed":1,"rights":0,"either":7},{"color":"","size":0,"factor":5e-1,"mixed":"a","rights":7,"either":7.5}]""");

        var all = await new ChoiceCommands(server).ChooseAsync(ChooseColor.Red);

        Assert.Equal(
            [
                new Choices.Everything { Color = "green", Size = -3, Factor = EverythingFactor.Value1_5, Mixed = EverythingMixed.True, Rights = Rights.Read | Rights.Write, Either = all[0].Either },
                new Choices.Everything { Color = EverythingColor.Red, Size = EverythingSize.Value9223372036854775807, Factor = EverythingFactor.Value0_5, Mixed = EverythingMixed.Value1, Rights = Rights.None, Either = EverythingEitherChoice.Value7 },
                new Choices.Everything { Color = "", Size = 0, Factor = EverythingFactor.Value0_5, Mixed = EverythingMixed.A, Rights = Rights.All, Either = 7.5 },
            ],
            all);
        Assert.True(all[0].Either.TryGetReaction(out _));
    }

    [Theory]
    [InlineData("\"color\":\"green\"", "\"color\":1", "/0/color")]
    [InlineData("\"size\":-3", "\"size\":-3.5", "/0/size")]
    [InlineData("\"size\":-3", "\"size\":\"-3\"", "/0/size")]
    [InlineData("-1.5", "-1.25", "/0/factor")]
    [InlineData("\"mixed\":true", "\"mixed\":false", "/0/mixed")]
    [InlineData("\"mixed\":true", "\"mixed\":1.0", "/0/mixed")]
    [InlineData("\"rights\":3", "\"rights\":8", "/0/rights")]
    [InlineData("\"rights\":3", "\"rights\":-1", "/0/rights")]
    [InlineData("\"either\":\"-1\"", "\"either\":\"0\"", "/0/either")]
    [InlineData("\"either\":\"-1\"", "\"either\":8", "/0/either")]
    [InlineData("\"either\":\"-1\"", "\"either\":true", "/0/either")]
    public async Task A_value_that_is_no_choice_is_refused_at_its_place(string right, string wrong, string path)
    {
        var server = new FakeInvoker($"[{Everything.Replace(right, wrong, StringComparison.Ordinal)}]");

        await Assert.ThrowsAsync<JsonMismatchException>(() => new ChoiceCommands(server).ChooseAsync(ChooseColor.Red));

        Assert.Equal(path, server.RefusedAt);
    }

    [Fact]
    public async Task What_was_never_set_or_has_an_unknown_bit_is_not_sent()
    {
        var server = new FakeInvoker("[]");
        var commands = new ChoiceCommands(server);

        await Assert.ThrowsAsync<JsonMismatchException>(() => commands.ChooseAsync(default(ChooseColor)));
        Assert.Equal("/color", server.RefusedAt);
        await Assert.ThrowsAsync<JsonMismatchException>(() => commands.ChooseAsync(ChooseColor.Red, rights: (Rights)8));
        Assert.Equal("/rights", server.RefusedAt);
        await Assert.ThrowsAsync<JsonMismatchException>(() => commands.ChooseAsync(ChooseColor.Red, eitherSet: (Reaction)9));
        Assert.Equal("/either_set", server.RefusedAt);
        await Assert.ThrowsAsync<JsonMismatchException>(() => commands.ChooseAsync(ChooseColor.Red, factor: default(ChooseFactor)));
        Assert.Equal("/factor", server.RefusedAt);
    }
}
