using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using TypedPool.Testing.Logging;

namespace TypedPool.Tests.Options;

/// <summary>For every option a value that is not its default. An option of a type that is not known here fails the tests.</summary>
internal static class OptionSamples
{
    /// <summary>Options that are no plain data, and so cannot stand in a configuration.</summary>
    private static readonly Type[] Services = [typeof(ILoggerFactory), typeof(IMeterFactory), typeof(TimeProvider)];

    internal static IReadOnlyList<PropertyInfo> All { get; } = typeof(PythonPoolOptions).GetProperties();

    internal static IEnumerable<PropertyInfo> Plain => All.Where(option => !Services.Contains(option.PropertyType));

    /// <summary>Sets an option to its sample.</summary>
    internal static void Set(PythonPoolOptions options, PropertyInfo option)
    {
        switch (option.GetValue(options))
        {
            case IList<string> list:
                list.Add("one");
                list.Add("two");
                break;
            case IDictionary<string, string?> map:
                map["A"] = "one";
                map["B"] = "two";
                break;
            case var value:
                option.SetValue(options, Other(Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType, value));
                break;
        }
    }

    /// <summary>The sample as a configuration has it.</summary>
    internal static IEnumerable<KeyValuePair<string, string?>> Configuration(PropertyInfo option)
    {
        var options = new PythonPoolOptions();
        Set(options, option);
        return option.GetValue(options) switch
        {
            IList<string> list => list.Select((item, index) => KeyValuePair.Create($"{option.Name}:{index}", (string?)item)),
            IDictionary<string, string?> map => map.Select(entry => KeyValuePair.Create($"{option.Name}:{entry.Key}", entry.Value)),
            var value => [KeyValuePair.Create(option.Name, Convert.ToString(value, CultureInfo.InvariantCulture))],
        };
    }

    private static object Other(Type type, object? value) =>
        type == typeof(string) ? value + "sample"
        : type == typeof(int) ? ((int?)value ?? 0) + 7
        : type == typeof(long) ? ((long?)value ?? 0) + 7
        : type == typeof(double) ? ((double?)value ?? 0) + 0.25
        : type == typeof(bool) ? value is not true
        : type == typeof(TimeSpan) ? ((TimeSpan?)value ?? TimeSpan.Zero) + TimeSpan.FromMilliseconds(7)
        : type == typeof(PythonContract) ? new PythonContract("sample")
        : type.IsEnum ? Enum.GetValues(type).Cast<object>().First(member => !member.Equals(value))
        : type == typeof(ILoggerFactory) ? new RecordingLoggerFactory()
        : type == typeof(IMeterFactory) ? new OwnMeterFactory()
        : type == typeof(TimeProvider) ? new Microsoft.Extensions.Time.Testing.FakeTimeProvider()
        : throw new NotSupportedException($"No sample is known of {type}: add one, so that options of that type are tested.");

    private sealed class OwnMeterFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
