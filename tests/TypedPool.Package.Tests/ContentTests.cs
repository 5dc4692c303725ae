using System.IO.Compression;
using System.Xml.Linq;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

public sealed class ContentTests(PackedPackage package)
{
    [Fact]
    public void Package_holds_these_files_and_no_others()
    {
        using var zip = ZipFile.OpenRead(package.File);
        var bridge = Path.Combine(RepositoryRoot.Path, "python");
        var sources = Directory.EnumerateFiles(Path.Combine(bridge, "typedpool"), "*.py", SearchOption.AllDirectories)
            .Select(file => "python/" + Path.GetRelativePath(bridge, file).Replace('\\', '/'));
        string[] targets = ["TypedPool.props", .. new[] { "", ".Bridge", ".Compiler", ".Coverage", ".Export", ".Module" }.Select(part => $"TypedPool{part}.targets")];
        string[] readme = File.Exists(RepositoryRoot.Combine("README.md")) ? ["README.md"] : [];

        string[] expected =
        [
            "TypedPool.nuspec",
            "lib/net10.0/TypedPool.dll",
            "lib/net10.0/TypedPool.xml",
            "analyzers/dotnet/cs/TypedPool.Generators.dll",
            .. targets.Select(file => "build/" + file),
            .. targets.Select(file => "buildTransitive/" + file),
            "buildMultiTargeting/TypedPool.targets",
            "python/__main__.py",
            "python/pyproject.toml",
            "python/typedpool/py.typed",
            .. sources,
            .. readme,
        ];

        // The rest is what makes a zip file a package.
        var files = zip.Entries.Select(entry => entry.FullName).Where(name => name[0] is not ('_' or '[') && !name.StartsWith("package/", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Package_says_what_it_is_and_what_it_needs()
    {
        using var zip = ZipFile.OpenRead(package.File);
        using var stream = zip.GetEntry("TypedPool.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        XNamespace ns = metadata.Name.Namespace;

        Assert.Equal("MIT", metadata.Element(ns + "license")!.Value);
        Assert.Equal("expression", metadata.Element(ns + "license")!.Attribute("type")!.Value);
        Assert.Null(metadata.Element(ns + "developmentDependency"));
        Assert.Equal(File.Exists(RepositoryRoot.Combine("README.md")) ? "README.md" : null, metadata.Element(ns + "readme")?.Value);
        var dependencies = metadata.Descendants(ns + "dependency").Select(dependency => dependency.Attribute("id")!.Value);
        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions"], dependencies);
    }

    [Fact]
    public async Task Packing_again_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();

        await PackedPackage.PackAsync(folder.Path);

        Assert.Equal(await File.ReadAllBytesAsync(package.File, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(folder["TypedPool.0.1.0.nupkg"], TestContext.Current.CancellationToken));
    }
}
