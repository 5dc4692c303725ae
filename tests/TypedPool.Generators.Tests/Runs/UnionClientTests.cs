using TypedPool.Generators.Tests.Support;
using TypedPool.Generators.Tests.Unions;
using TypedPool.Serialization;
using AnyJson = TypedPool.Generators.Tests.Unions.Json;

namespace TypedPool.Generators.Tests.Runs;

/// <summary>Calls what is generated from <c>Snapshots/unions.json</c>.</summary>
public sealed class UnionClientTests
{
    [Fact]
    public async Task A_value_is_written_as_its_case()
    {
        var server = new FakeInvoker("[]");
        var json = AnyJson.FromMap(new Dictionary<string, AnyJson?>(StringComparer.Ordinal) { ["a"] = AnyJson.FromList([1, 1.0, "x", true, null]) }.ToValueMap());

        await new UnionCommands(server).SearchAsync(7, limit: 2.0, values: [true, 1, 1.0, double.NaN], json: json);

        Assert.Equal("""{"target":7,"limit":2.0,"values":[true,1,1.0,"NaN"],"json":{"a":[1,1.0,"x",true,null]}}""", server.Arguments);
    }

    [Fact]
    public async Task Records_are_known_by_their_tag_wherever_it_stands()
    {
        var server = new FakeInvoker(
            """["text",null,{"radius":1,"kind":"circle"},{"side":2.5,"kind":"rectangle"},{"members":[{"kind":"circle","radius":0}],"kind":"group","more":{}}]""");

        var found = await new UnionCommands(server).SearchAsync("t");

        Assert.Equal(
            [
                "text",
                null,
                new Circle { Radius = 1 },
                new Square { Kind = SquareKind.Rectangle, Side = 2.5 },
                new Group { Members = [new Circle { Radius = 0 }] },
            ],
            found.Select(item => item?.Value));
        Assert.True(found[2]!.TryGetCircle(out var circle));
        Assert.Equal(1, circle.Radius);
        Assert.False(found[2]!.TryGetString(out _));
        Assert.Equal("square", found[3]!.Match(_ => "circle", _ => "square", _ => "group", text => text));
    }

    [Theory]
    [InlineData("""[7]""", "/0", "one of Circle, Square, Group, String")]
    [InlineData("""["a",{"kind":"triangle"}]""", "/1/kind", "one of \"circle\", \"square\", \"rectangle\", \"group\"")]
    [InlineData("""[{"radius":1}]""", "/0", "the member \"kind\"")]
    [InlineData("""[{"kind":"circle"}]""", "/0", "the member \"radius\"")]
    [InlineData("""[{"kind":"group","members":[{"kind":"circle","radius":0},{"kind":"square","side":true}]}]""", "/0/members/1/side", "a number")]
    public async Task What_is_no_case_is_refused_at_its_place(string json, string path, string expected)
    {
        var server = new FakeInvoker(json);

        var error = await Assert.ThrowsAsync<JsonMismatchException>(() => new UnionCommands(server).SearchAsync("t"));

        Assert.Equal((path, expected), (server.RefusedAt, error.Expected));
    }

    [Fact]
    public async Task Records_without_a_tag_are_known_by_a_member_of_their_own()
    {
        var file = new FakeInvoker("""{"size":3,"path":"p"}""");
        var url = new FakeInvoker("""{"url":"u"}""");

        Assert.Equal(new Unions.File { Path = "p", Size = 3 }, (await new UnionCommands(file).ByKeysAsync(new Nothing { Size = 1 })).Value);
        Assert.Equal(new Url { UrlValue = "u" }, (await new UnionCommands(url).ByKeysAsync(new Url { UrlValue = "v" }, ByKeysMap.FromList(["a"]))).Value);
        Assert.Equal("""{"source":{"size":1}}""", file.Arguments);
        Assert.Equal("""{"source":{"url":"v"},"map":["a"]}""", url.Arguments);
    }

    [Theory]
    [InlineData("""{"size":3}""", "", "an object with one of the members \"path\", \"url\"")]
    [InlineData("""{"path":3}""", "/path", "a string")]
    public async Task An_object_that_has_none_of_these_members_is_refused(string json, string path, string expected)
    {
        var server = new FakeInvoker(json);

        var error = await Assert.ThrowsAsync<JsonMismatchException>(() => new UnionCommands(server).ByKeysAsync(new Nothing()));

        Assert.Equal((path, expected), (server.RefusedAt, error.Expected));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("-0.0", -0.0)]
    [InlineData("3", 3.0)]
    public async Task A_number_beside_a_boolean_may_be_one_that_JSON_has_not(string json, object expected) =>
        Assert.Equal(expected, (await new UnionCommands(new FakeInvoker(json)).NumberOrNanAsync(true)).Value);

    [Fact]
    public async Task A_number_that_JSON_has_not_is_refused_where_strings_are_a_case()
    {
        var server = new FakeInvoker("[]");

        var error = await Assert.ThrowsAsync<JsonMismatchException>(() => new UnionCommands(server).SearchAsync("t", limit: double.NaN));

        Assert.Equal("/limit", server.RefusedAt);
        Assert.Contains("finite", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_inside_a_case_that_cannot_travel_is_refused_at_its_place()
    {
        var server = new FakeInvoker("[]");
        var json = AnyJson.FromMap(new Dictionary<string, AnyJson?>(StringComparer.Ordinal) { ["a"] = AnyJson.FromList([1, "\ud800"]) }.ToValueMap());

        await Assert.ThrowsAsync<JsonMismatchException>(() => new UnionCommands(server).SearchAsync("t", json: json));

        Assert.Equal("/json/a/1", server.RefusedAt);
        Assert.Throws<ArgumentNullException>(() => AnyJson.FromString(null!));
    }

    [Fact]
    public void Unions_compare_by_their_values()
    {
        Assert.Equal(SearchTarget.FromInt64(3), 3);
        Assert.NotEqual(SearchTarget.FromString("3"), 3);
        Assert.True((AnyJson)1.0 != 1);
        Assert.Equal(((SearchTarget)"a").GetHashCode(), SearchTarget.FromString("a").GetHashCode());
        Assert.Equal("3", SearchTarget.FromInt64(3).ToString());
    }
}
