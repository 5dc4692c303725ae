using System.Reflection;

namespace TypedPool.TypedTests.Invented;

/// <summary>Makes the collections that generated code asks for, whatever their items are.</summary>
internal static class Collections
{
    /// <summary>A collection as a type: the interfaces take it as it is, the runtime's own are made of it.</summary>
    public static object Of(Type target, object items)
    {
        if (target.IsInstanceOfType(items))
        {
            return items;
        }

        var name = target.Name[..target.Name.IndexOf('`', StringComparison.Ordinal)];
        var factory = target.Assembly.GetType($"TypedPool.{name}", throwOnError: true)!.GetMethod($"To{name}")!;
        return factory.MakeGenericMethod(target.GenericTypeArguments).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [items], null)!;
    }

    /// <summary>A property of a value whose type is not known here.</summary>
    public static object? Member(object value, string name) => value.GetType().GetProperty(name)!.GetValue(value);
}
