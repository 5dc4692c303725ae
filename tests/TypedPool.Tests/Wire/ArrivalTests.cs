using TypedPool.Wire;
using Xunit;

namespace TypedPool.Tests.Wire;

public sealed class ArrivalTests
{
    private static readonly byte[] Bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void What_comes_in_pieces_of_any_size_goes_where_it_belongs()
    {
        for (var piece = 1; piece <= Bytes.Length; piece++)
        {
            var arrival = new Arrival([new byte[2], [], new byte[4], new byte[1]]);
            var taken = 0;
            foreach (var chunk in Bytes.Chunk(piece))
            {
                taken += arrival.Take(chunk);
            }

            Assert.True(arrival.IsComplete);
            Assert.Equal(7, taken);
            Assert.Equal([[1, 2], [], [3, 4, 5, 6], [7]], arrival.Attachments);
        }
    }

    [Fact]
    public void What_is_written_to_its_memory_counts_as_what_is_taken()
    {
        var arrival = new Arrival([new byte[5], new byte[3]]);
        Assert.Equal(1, arrival.Take(Bytes.AsSpan(0, 1)));
        Bytes.AsSpan(1, 3).CopyTo(arrival.Missing.Span);
        arrival.Received(3);
        Assert.Equal(1, arrival.Missing.Length);

        Assert.Equal(4, arrival.Take(Bytes.AsSpan(4)));

        Assert.True(arrival.IsComplete);
        Assert.Equal([[1, 2, 3, 4, 5], [6, 7, 8]], arrival.Attachments);
    }

    [Fact]
    public void None_and_empty_ones_have_come_at_once()
    {
        foreach (var arrival in (Arrival[])[new Arrival([]), new Arrival([[], []])])
        {
            Assert.True(arrival.IsComplete);
            Assert.True(arrival.Missing.IsEmpty);
            Assert.Equal(0, arrival.Take(Bytes));
        }
    }

    [Fact]
    public void An_empty_one_at_the_end_is_not_waited_for()
    {
        var arrival = new Arrival([new byte[1], []]);

        Assert.False(arrival.IsComplete);
        Assert.Equal(1, arrival.Take(Bytes));
        Assert.True(arrival.IsComplete);
    }
}
