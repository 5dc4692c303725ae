using System.Text.Json;
using TypedPool.Generators.Tests.Objects;
using TypedPool.Generators.Tests.Support;
using TypedPool.Serialization;

namespace TypedPool.Generators.Tests.Runs;

/// <summary>Calls what is generated from <c>Snapshots/objects.json</c>: open objects, and objects joined by <c>allOf</c>.</summary>
public sealed class ObjectClientTests
{
    private static readonly Labelled NoLabels = new();

    [Fact]
    public async Task Members_that_the_schema_does_not_name_are_sent_beside_the_others()
    {
        var server = new FakeInvoker("[]");
        var open = new Open
        {
            Name = "n",
            AdditionalMembers = 3,
            OtherAdditionalMembers = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["é"] = JsonElement.Parse("[1]") }.ToValueMap(),
        };
        var labelled = new Labelled
        {
            AdditionalMembers = new Dictionary<string, ValueList<string>>(StringComparer.Ordinal) { ["a"] = ["b"] }.ToValueMap(),
        };

        await new ObjectCommands(server).StoreAsync(open, labelled);

        Assert.Equal("""{"open":{"name":"n","additional_members":3,"\u00E9":[1]},"labelled":{"a":["b"]}}""", server.Arguments);
    }

    [Fact]
    public async Task A_member_that_has_a_property_is_refused_among_the_others()
    {
        var open = new Open
        {
            Name = "n",
            OtherAdditionalMembers = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["name"] = JsonElement.Parse("1") }.ToValueMap(),
        };

        var error = await Assert.ThrowsAsync<JsonMismatchException>(() => new ObjectCommands(new FakeInvoker("[]")).StoreAsync(open, NoLabels));

        Assert.Contains("\"name\"", error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_joined_by_allOf_have_the_members_of_all()
    {
        var server = new FakeInvoker("""[{"name":"a","age":3,"puppies":[{"name":"b","puppies":[]}]}]""");

        var dogs = await new ObjectCommands(server).StoreAsync(new Open { Name = "n" }, NoLabels);

        Assert.Equal([new Dog { Name = "a", Age = 3, Puppies = [new Dog { Name = "b", Puppies = [] }] }], dogs);
        await Assert.ThrowsAsync<JsonMismatchException>(() =>
            new ObjectCommands(new FakeInvoker("""[{"name":"a"}]""")).StoreAsync(new Open { Name = "n" }, NoLabels));
    }

    [Fact]
    public async Task What_stands_beside_a_reference_narrows_it()
    {
        var server = new FakeInvoker("""{"x":1}""");

        var result = await new ObjectCommands(server).NarrowedAsync(new NarrowedRequiredToo { Name = "n", Age = 3 }, limited: 3);

        Assert.Equal("""{"required_too":{"name":"n","age":3},"limited":3}""", server.Arguments);
        Assert.Equal(new Circular { X = 1 }, result);
    }
}
