using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Tests.Naming;

public sealed class NameTableTests
{
    [Fact]
    public void Names_do_not_depend_on_the_order_of_the_claims()
    {
        NameClaim<string>[] claims =
        [
            new("a", 1, "a", "X"), new("b", 1, "b", "X"), new("c", 0, "c", "X", "Y"), new("d", 2, "d", "Y"), new("e", 2, "e", "Z", "X"), new("f", 2, "f", "Z"),
        ];
        var expected = NameTable.Assign(claims, ["Z"]);
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(claims);
            Assert.Equivalent(expected, NameTable.Assign(claims, ["Z"]), strict: true);
        }

        Assert.Equal("X", expected["c"]);
        Assert.Equal("Y", expected["d"]);
        Assert.Equal(claims.Length, expected.Values.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_suffix_stays_when_other_claims_come_and_go()
    {
        NameClaim<string> one = new("one", 1, "place/one", "X"), two = new("two", 1, "place/two", "X"), three = new("three", 1, "place/three", "X");

        var before = NameTable.Assign([one, two], []);
        var after = NameTable.Assign([three, two, one], []);

        Assert.Equal(before["one"], after["one"]);
        Assert.Equal(before["two"], after["two"]);
    }

    [Fact]
    public void Claims_that_nothing_tells_apart_still_end()
    {
        var names = NameTable.Assign(
            [.. Enumerable.Range(0, 3).Select(i => new NameClaim<object>(new object(), 0, "same", "X"))], []);

        Assert.Equal(3, names.Values.Distinct(StringComparer.Ordinal).Count());
    }
}
