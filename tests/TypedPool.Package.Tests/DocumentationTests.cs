using System.Text.RegularExpressions;
using System.Xml.Linq;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.PackageTests;

public sealed partial class DocumentationTests
{
    private static readonly string Targets = string.Concat(
        Directory.EnumerateFiles(RepositoryRoot.Combine("src", "TypedPool", "build"), "*.targets").Order(StringComparer.Ordinal).Select(File.ReadAllText));

    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "build.md"));

    [Fact]
    public void Every_error_of_the_build_is_explained_and_none_that_does_not_exist() => Assert.Equal(
        ErrorInTargets().Matches(Targets).Select(match => match.Groups["code"].Value).Distinct().Order(StringComparer.Ordinal),
        ErrorOnPage().Matches(Page).Select(match => match.Groups["code"].Value));

    [Fact]
    public void Every_public_name_of_the_build_is_documented() =>
        Assert.All(PublicName().Matches(Targets).Select(match => match.Value).Distinct(), name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Oldest_compiler_is_the_Roslyn_that_the_generator_is_built_on()
    {
        var floor = OldestCompiler().Match(Targets).Groups["version"].Value;
        var packages = XDocument.Load(RepositoryRoot.Combine("Directory.Packages.props"));
        var roslyn = packages.Descendants("PackageVersion").Single(package => package.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.CSharp");
        Assert.Equal(Version.Parse(floor).ToString(2), Version.Parse(roslyn.Attribute("Version")!.Value).ToString(2));
    }

    [GeneratedRegex("Code=\"(?<code>TPB\\d{4})\"", RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorInTargets();

    [GeneratedRegex("^### (?<code>TPB\\d{4})$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorOnPage();

    // A property that is read, or a target; those with an underscore, and metadata of the build's own, are private.
    [GeneratedRegex("(?<=\\$\\(|<Target Name=\")TypedPool\\w+", RegexOptions.ExplicitCapture)]
    private static partial Regex PublicName();

    [GeneratedRegex("<_TypedPoolOldestCompiler>(?<version>[\\d.]+)<", RegexOptions.ExplicitCapture)]
    private static partial Regex OldestCompiler();
}
