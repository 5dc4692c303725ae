using System.Reflection;

namespace TypedPool.TypedTests.Invented;

/// <summary>The properties of generated records and requests.</summary>
internal static class Properties
{
    /// <summary>Those of a type, in the order of the schema.</summary>
    public static PropertyInfo[] Of(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken)];

    /// <summary>Gives a property a value, an outsider included.</summary>
    public static void Set(object owner, PropertyInfo property, InventedType type, object? plain)
    {
        var isOptional = IsOptional(property.PropertyType);
        var inner = isOptional ? property.PropertyType.GenericTypeArguments[0] : property.PropertyType;
        var made = type.CSharpOf(plain, Nullable.GetUnderlyingType(inner) ?? inner);
        property.SetValue(owner, isOptional ? Activator.CreateInstance(property.PropertyType, [made]) : made);
    }

    /// <summary>The value of one that need not be there.</summary>
    /// <returns>False where it is not there.</returns>
    public static bool TryGet(object owner, PropertyInfo property, out object? value)
    {
        value = property.GetValue(owner);
        if (!IsOptional(property.PropertyType))
        {
            return value is not null;
        }

        var isThere = (bool)Collections.Member(value!, "HasValue")!;
        value = isThere ? Collections.Member(value!, "Value") : null;
        return isThere;
    }

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
}
