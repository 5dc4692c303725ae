using System.Reflection;
using Xunit;

namespace TypedPool.Tests.Promises;

/// <summary>The page of promises names tests that exist, and leaves none of the promises out.</summary>
public sealed class PromisesPageTests
{
    private const int Promises = 15;
    private const int Subjects = 26;

    /// <summary>Every test of this assembly, as the page names it; and every class of tests, for all that it has.</summary>
    private static readonly HashSet<string> Tests =
    [
        .. typeof(PromisesPageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any())
            .SelectMany(method => (string[])[$"{method.DeclaringType!.Name}.{method.Name}", method.DeclaringType.Name]),
    ];

    [Theory]
    [InlineData("Promises")]
    [InlineData("Subjects")]
    [InlineData("Traps")]
    [InlineData("Options")]
    public void Every_row_names_tests_that_exist(string heading)
    {
        var rows = PromisesPage.Rows(heading);

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotEmpty(row.Tests));
        Assert.Empty(rows.SelectMany(row => row.Tests).Except(Tests));
    }

    [Theory]
    [InlineData("Promises", Promises)]
    [InlineData("Subjects", Subjects)]
    public void No_number_is_left_out(string heading, int count) =>
        Assert.Equal(
            Enumerable.Range(1, count).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            PromisesPage.Rows(heading).Select(row => row.Subject));

    [Fact]
    public void Every_option_is_there()
    {
        var options = typeof(PythonPoolOptions).GetProperties().Select(property => $"`{property.Name}`")
            .Concat(typeof(CallOptions).GetProperties().Select(property => $"`CallOptions.{property.Name}`"));

        Assert.Equal(options.Order(StringComparer.Ordinal), PromisesPage.Rows("Options").Select(row => row.Subject).Order(StringComparer.Ordinal));
    }
}
