using Xunit;

namespace TypedPool.Tests.Values;

public sealed class ValueSetTests
{
    [Fact]
    public void Sets_are_equal_where_their_items_are_in_any_order()
    {
        ValueSet<string> set = ["a", "b", "c"];

        Assert.True(set.Equals(["c", "a", "b"]));
        Assert.Equal(set.GetHashCode(), ValueSet.Create(["c", "a", "b"]).GetHashCode());
        Assert.False(set.Equals(["a", "b"]));
        Assert.False(set.Equals(["a", "b", "d"]));
        Assert.False(set.Equals((object?)null));
        Assert.NotEqual(ValueSet.Create([1, 2]).GetHashCode(), ValueSet.Create([1, 3]).GetHashCode());
        Assert.NotEqual(ValueSet<int>.Empty.GetHashCode(), ValueSet.Create([0]).GetHashCode());
    }

    [Fact]
    public void Sets_of_sets_compare_by_value()
    {
        ValueSet<ValueSet<int>> set = [[1, 2], []];

        Assert.True(set.Equals([[], [2, 1]]));
        Assert.True(set.Contains([2, 1]));
    }

    [Fact]
    public void Of_equal_items_the_first_is_kept_and_the_order_is_that_of_adding()
    {
        Assert.Equal([3, 1, 2], ValueSet.Create([3, 1, 3, 2, 1]).AsEnumerable());
        Assert.Equal([3, 1, 2], new[] { 3, 1, 3, 2, 1 }.ToValueSet().AsEnumerable());
        Assert.Equal("{3, 1, 2}", ValueSet.Create([3, 1, 2]).ToString());
    }

    [Fact]
    public void It_is_a_copy()
    {
        var items = new HashSet<int> { 1 };
        var set = items.ToValueSet();

        items.Add(2);

        Assert.Single(set);
    }

    [Fact]
    public void It_relates_to_other_sets()
    {
        ValueSet<int> set = [1, 2];

        foreach (var other in (IEnumerable<int>[])[new[] { 1, 2, 3 }, ValueSet.Create([1, 2, 3])])
        {
            Assert.True(set.IsSubsetOf(other));
            Assert.True(set.IsProperSubsetOf(other));
            Assert.True(set.Overlaps(other));
            Assert.False(set.IsSupersetOf(other));
            Assert.False(set.IsProperSupersetOf(other));
            Assert.False(set.SetEquals(other));
        }

        Assert.True(set.SetEquals([2, 1]));
        Assert.True(set.IsSupersetOf([1]));
        Assert.True(set.IsProperSupersetOf(ValueSet<int>.Empty));
        Assert.False(set.Contains(3));
    }

    [Fact]
    public void There_is_one_set_without_items() => Assert.Same(ValueSet<int>.Empty, Array.Empty<int>().ToValueSet());

    [Fact]
    public void What_is_no_number_is_one_item() => Assert.Single(ValueSet.Create([double.NaN, -double.NaN]));
}
