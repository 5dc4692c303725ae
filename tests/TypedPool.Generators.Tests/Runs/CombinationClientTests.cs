using TypedPool.Generators.Tests.Combinations;
using TypedPool.Generators.Tests.Support;
using TypedPool.Serialization;

namespace TypedPool.Generators.Tests.Runs;

/// <summary>
/// Calls what is generated from <c>Snapshots/combinations.json</c>: objects with alternatives beside their members, or joined to
/// them, and unions of strings of several formats.
/// </summary>
public sealed class CombinationClientTests
{
    private static readonly Message Text = new MessageText { Id = 1, Text = "t" };

    public static TheoryData<object, string> Texts() => new()
    {
        { new DateOnly(2026, 1, 31), "2026-01-31" },
        { new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(-5)), "2026-01-31T12:00:00-05:00" },
        { new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Unspecified), "2026-01-31T12:00:00" },
        { new TimeOnly(23, 59, 1), "23:59:01" },
        { TimeSpan.FromMinutes(-90), "-PT1H30M" },
        { Guid.Parse("12345678-1234-5678-9abc-123456789abc"), "12345678-1234-5678-9abc-123456789abc" },
        { -1.50m, "-1.50" },
        { 2026m, "2026" },
    };

    [Fact]
    public async Task What_stands_beside_alternatives_is_part_of_each()
    {
        var server = new FakeInvoker("""[{"id":1,"kind":"text","text":"a"},{"kind":"file","path":"p","id":2},{"id":3,"kind":"file"}]""");

        var messages = await new CombinationCommands(server).SendAsync(Text);

        Assert.Equal("""{"message":{"id":1,"kind":"text","text":"t"}}""", server.Arguments);
        Assert.Equal(
            [new MessageText { Id = 1, Text = "a" }, new MessageFile { Id = 2, Path = "p" }, new MessageFile { Id = 3 }],
            messages.Select(message => message.Value));
    }

    [Theory]
    [InlineData("""[{"id":1,"kind":"text"}]""", "/0", "the member \"text\"")]
    [InlineData("""[{"id":1,"kind":"file"},{"kind":"file"}]""", "/1", "the member \"id\"")]
    [InlineData("""[{"id":1,"kind":"sound"}]""", "/0/kind", "one of \"text\", \"file\"")]
    [InlineData("""[{"id":1.5,"kind":"file"}]""", "/0/id", "an integer of 64 bits")]
    [InlineData("""[[]]""", "/0", "one of MessageText, MessageFile")]
    public async Task A_wrong_alternative_is_refused_at_its_place(string json, string path, string expected)
    {
        var server = new FakeInvoker(json);

        var error = await Assert.ThrowsAsync<JsonMismatchException>(() => new CombinationCommands(server).SendAsync(Text));

        Assert.Equal((path, expected), (server.RefusedAt, error.Expected));
    }

    [Fact]
    public async Task A_union_that_allOf_joins_to_an_object_has_its_members_in_each_case()
    {
        var server = new FakeInvoker("[]");
        var at = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

        await new CombinationCommands(server).SendAsync(Text, @event: new EventDeparture { At = at, To = "b" });

        Assert.EndsWith(""","event":{"at":"2026-01-31T12:00:00\u002B00:00","to":"b"}}""", server.Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alternatives_that_extend_their_base_themselves_are_types_of_their_own()
    {
        var server = new FakeInvoker("[]");

        await new CombinationCommands(server).SendAsync(
            Text, animal: new Dog { Name = "d", Tricks = ["sit"] }, cat: new Cat { Name = "c", Lives = 9 }, maybe: new(null), oneBranch: new() { Id = 1, Extra = "e" });

        Assert.EndsWith(
            ""","animal":{"name":"d","tricks":["sit"]},"cat":{"name":"c","lives":9},"maybe":null,"one_branch":{"id":1,"extra":"e"}}""", server.Arguments, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Strings_of_several_formats_are_told_apart_by_their_form(object value, string text)
    {
        var server = new FakeInvoker($"[\"{text}\",true]");

        var read = await new CombinationCommands(server).TextsAsync(When.FromBoolean(false));

        Assert.Equal([value, true], read.Select(when => when.Value));
        await new CombinationCommands(server).TextsAsync(read[0]);
        Assert.Equal($$"""{"when":"{{text}}"}""", server.Arguments);
    }

    [Theory]
    [InlineData("2026-13-31", "a date such as \"2026-01-31\"")]
    [InlineData("tomorrow", "one of DateOnly, DateTimeOffset, DateTime, TimeOnly, TimeSpan, Guid, Decimal, Boolean")]
    [InlineData("", "one of DateOnly, DateTimeOffset, DateTime, TimeOnly, TimeSpan, Guid, Decimal, Boolean")]
    [InlineData("2026-01-31T12:00:00+15:00", "a moment with its offset in microseconds, such as \"2026-01-31T12:00:00+01:00\"")]
    public async Task A_string_of_no_format_is_refused_at_its_place(string text, string expected)
    {
        var server = new FakeInvoker($"[\"2026-01-31\",\"{text}\"]");

        var error = await Assert.ThrowsAsync<JsonMismatchException>(() => new CombinationCommands(server).TextsAsync(When.FromBoolean(false)));

        Assert.Equal(("/1", expected), (server.RefusedAt, error.Expected));
    }

    [Fact]
    public async Task Where_any_string_is_a_case_a_string_of_a_format_is_one_too()
    {
        var server = new FakeInvoker("[]");

        await new CombinationCommands(server).TextsAsync(
            new DateOnly(2026, 1, 31), anyText: "2026-01-31T12:00:00Z", oneOfFormats: "::1", setOrDate: TextsSetOrDateChoice.Never);

        Assert.Equal(
            """{"when":"2026-01-31","any_text":"2026-01-31T12:00:00Z","one_of_formats":"::1","set_or_date":"never"}""", server.Arguments);
    }
}
