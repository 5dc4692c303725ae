using System.Reflection;
using Microsoft.Extensions.Logging;
using TypedPool.Telemetry;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Telemetry;

public sealed class LogMessagesTests
{
    [Fact]
    public void Every_line_is_in_the_documentation_with_its_fields()
    {
        var documented = File.ReadAllLines(RepositoryRoot.Combine("docs", "observability.md"));
        var lines = typeof(LogMessages).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(method => (method, attribute: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(each => each.attribute is not null)
            .ToList();

        Assert.NotEmpty(lines);
        Assert.Equal(lines.Count, lines.Select(each => each.attribute!.EventId).Distinct().Count());
        foreach (var (method, attribute) in lines)
        {
            var row = Assert.Single(documented, line => line.StartsWith($"| {attribute!.EventId} | {attribute.Level} |", StringComparison.Ordinal));
            var fields = method.GetParameters().Where(parameter => parameter.ParameterType is { } type && type != typeof(ILogger) && type != typeof(Exception));
            Assert.All(fields, field => Assert.Contains($"`{field.Name}`", row, StringComparison.OrdinalIgnoreCase));
        }
    }
}
