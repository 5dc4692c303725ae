using Xunit;

namespace TypedPool.Tests.Typed.Containers;

/// <summary>Containers that are not what the schema says: an error with path and value, on whichever side finds it.</summary>
public sealed class ContainerErrorTests : ContainerTestCase
{
    [Fact]
    public async Task A_set_that_counts_otherwise_than_Python_is_refused_there()
    {
        var byReference = EqualityComparer<ValueSet<string>>.Create(ReferenceEquals, set => set.Count);
        var sets = new HashSet<ValueSet<string>>(byReference) { ValueSet.Create(["a"]), ValueSet.Create(["a"]) };

        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(() => Commands.EchoGroupsAsync(sets));

        Assert.Equal("/values/1", exception.Path);
        Assert.Contains("an item that the set does not have yet", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_in_a_container_is_refused_before_it_is_sent()
    {
        async Task Refused(string path, Func<Task> call) => Assert.Equal(path, (await Assert.ThrowsAsync<InvalidArgumentsException>(call)).Path);

        await Refused("/values", () => Commands.EchoSetAsync(null!));
        await Refused("/values/0", () => Commands.EchoGroupsAsync(new HashSet<ValueSet<string>> { null! }));
        await Refused("/values/0/0", () => Commands.EchoGroupsAsync(new HashSet<ValueSet<string>> { ValueSet.Create<string>([null!]) }));
        await Refused("/value/2/1", () => Commands.EchoTupleAsync((1, null, (2, null!))));
        await Refused("/values/7", () => Commands.EchoNumberedAsync(new Dictionary<long, string> { [1] = "a", [7] = null! }));
    }

    [Fact]
    public async Task A_key_that_cannot_be_sent_is_told_with_its_map()
    {
        var exception = await Assert.ThrowsAsync<InvalidArgumentsException>(
            () => Commands.EchoColoredAsync(new Dictionary<Color, IReadOnlyList<long>> { [Color.Red] = [1], [(Color)7] = [] }));

        Assert.Equal("/values", exception.Path);
        Assert.Contains("expected a member of Color, found 7", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_set_whose_items_are_the_same_in_JSON_is_told_with_the_item()
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => Commands.WrongSetAsync());

        Assert.Matches("^/[12]$", exception.Path);
        Assert.Contains("expected an item that the set does not have yet, found NaN again", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "", "expected an array of 2 items, found the end of an array")]
    [InlineData(3, "/2", "expected the end of an array of 2 items, found the number 2")]
    public async Task A_tuple_of_another_length_is_told_with_its_place(int length, string path, string message)
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => Commands.WrongTupleAsync(length));

        Assert.Equal(path, exception.Path);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_type_is_refused_by_Python()
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => Commands.WrongKeyAsync());

        Assert.Contains("members named by an integer of 64 bits, found the string \"x\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_dict_without_a_required_key_is_refused_by_Python()
    {
        var exception = await Assert.ThrowsAsync<InvalidResultException>(() => Commands.WrongRatedAsync());

        Assert.Equal("/1/title", exception.Path);
    }
}
