using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace TypedPool.Testing.Deliberate;

/// <summary>Tests that leave something behind, and one whose class cleans up after it.</summary>
public sealed class LeavingTests
{
    [Fact]
    [SuppressMessage("Reliability", "CA2000", Justification = "What it leaves is what it is for.")]
    public void Leaves_a_folder() => _ = new TemporaryFolder();

    public sealed class Cleaning : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        [Fact]
        public void Leaves_nothing() => Assert.True(Directory.Exists(_folder.Path));

        public void Dispose() => _folder.Dispose();
    }
}
