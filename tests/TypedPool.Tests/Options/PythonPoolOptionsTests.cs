using System.Reflection;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace TypedPool.Tests.Options;

/// <summary>What holds for every option there is; a new one is covered by being there.</summary>
public sealed class PythonPoolOptionsTests
{
    [Fact]
    public void Every_option_that_is_plain_data_binds_from_a_configuration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(OptionSamples.Plain.SelectMany(OptionSamples.Configuration)).Build();
        var expected = new PythonPoolOptions();
        foreach (var option in OptionSamples.Plain)
        {
            OptionSamples.Set(expected, option);
        }

        var bound = new PythonPoolOptions();
        configuration.Bind(bound);

        Assert.Equal(Values(OptionSamples.Plain, expected), Values(OptionSamples.Plain, bound));
    }

    [Fact]
    public void A_copy_has_every_option_and_later_changes_do_not_reach_it()
    {
        var defaults = Values(OptionSamples.All, new PythonPoolOptions());
        var options = new PythonPoolOptions();
        var early = options.Clone();
        foreach (var option in OptionSamples.All)
        {
            OptionSamples.Set(options, option);
        }

        var changed = Values(OptionSamples.All, options);

        Assert.Equal(defaults, Values(OptionSamples.All, early));
        Assert.Equal(changed, Values(OptionSamples.All, options.Clone()));
        Assert.All(changed, option => Assert.NotEqual(defaults[option.Key], option.Value));
    }

    [Fact]
    public void The_documentation_of_every_option_tells_its_default()
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "TypedPool.xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("value")?.Value ?? "", StringComparer.Ordinal);

        Assert.Empty(OptionSamples.All
            .Where(option => !documentation[$"P:{typeof(PythonPoolOptions).FullName}.{option.Name}"].Contains("default", StringComparison.OrdinalIgnoreCase))
            .Select(option => option.Name));
    }

    private static Dictionary<string, object?> Values(IEnumerable<PropertyInfo> properties, PythonPoolOptions options) =>
        properties.ToDictionary(property => property.Name, property => property.GetValue(options), StringComparer.Ordinal);
}
