using System.Globalization;
using TypedPool.Generators.Tests.Support;

namespace TypedPool.Generators.Tests.Robustness;

public sealed class CultureTests
{
    public static TheoryData<string> Cultures() => ["fi-FI", "tr-TR", "ar-SA"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void The_same_bytes_and_words_come_out_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        foreach (var schema in Repository.SchemaNames())
        {
            var expected = Text(schema);
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(expected, Text(schema));
            }
            finally
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
            }
        }
    }

    [Fact]
    public void Lines_end_alike_everywhere() =>
        Assert.All(Repository.SchemaNames(), schema => Assert.DoesNotContain('\r', Text(schema)));

    private static string Text(string schema)
    {
        var generation = Generation.Of(Repository.Schema(schema));
        return string.Join("\n", generation.Diagnostics.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)))
            + string.Join("\n", generation.Result.GeneratedSources.Select(source => source.HintName + source.SourceText));
    }
}
