using System.ComponentModel;
using System.Globalization;

namespace TypedPool;

/// <summary>Lets a configuration name a contract by its hash.</summary>
internal sealed class PythonContractConverter : TypeConverter
{
    /// <inheritdoc />
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    /// <inheritdoc />
    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string hash ? new PythonContract(hash) : base.ConvertFrom(context, culture, value);
}
