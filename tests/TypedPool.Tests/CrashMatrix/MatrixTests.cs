using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.CrashMatrix;

/// <summary>The table itself.</summary>
public sealed class MatrixTests
{
    [Fact]
    public void Every_pair_is_a_cell_or_is_explained()
    {
        foreach (var (moment, fault) in Matrix.Pairs)
        {
            if (Matrix.WhyNoCell(fault) is { } why)
            {
                Assert.NotEmpty(why);
            }
            else
            {
                Assert.NotNull(Matrix.Of(moment, fault));
            }
        }

        Assert.Equal(Enum.GetValues<Moment>().Length * Enum.GetValues<Fault>().Length, Matrix.Pairs.Count());
    }

    [Fact]
    public void Every_outcome_is_tried_by_default()
    {
        var outcomes = Matrix.Cells.Select(cell => Matrix.Of(cell.Moment, cell.Fault).Outcome).ToHashSet();

        Assert.Equal(outcomes, Matrix.DistinctCells.Select(cell => Matrix.Of(cell.Moment, cell.Fault).Outcome).ToHashSet());
        Assert.Equal(outcomes.Count, Matrix.DistinctCells.Count());
    }

    [Fact]
    public void What_may_have_run_is_never_said_to_have_moved()
    {
        foreach (var (_, fault) in Matrix.Cells)
        {
            Assert.NotEqual(Ending.ResultOfAnother, Matrix.Of(Moment.UserCode, fault).Call);
            Assert.NotEqual(Ending.ResultOfAnother, Matrix.Of(Moment.InWriting, fault).Call);
        }
    }

    [Fact]
    public void The_page_tells_the_table()
    {
        var path = RepositoryRoot.Combine("docs", MatrixPage.FileName);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, MatrixPage.Write());
        }

        Assert.Equal(MatrixPage.Write(), File.ReadAllText(path));
    }
}
