using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Testing;

public sealed class FoldersTests
{
    [Fact]
    public void A_temporary_folder_goes_with_all_that_is_in_it()
    {
        string path;
        using (var folder = new TemporaryFolder())
        {
            path = folder.Path;
            Assert.Equal("text", File.ReadAllText(folder.Write("in/folders.txt", "text")));
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void The_repository_is_found() => Assert.True(File.Exists(RepositoryRoot.Combine("docs", "schema.md")));
}
