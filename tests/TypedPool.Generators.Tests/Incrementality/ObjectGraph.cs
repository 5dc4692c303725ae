using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Tests.Incrementality;

/// <summary>Everything that an object holds, through all fields of all classes, and the elements of arrays.</summary>
internal static class ObjectGraph
{
    /// <summary>The first compilation, symbol, syntax, text or location that is held, or null.</summary>
    public static object? Leak(object? root)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.Count > 0)
        {
            var item = open.Pop();
            if (item is null or string or DiagnosticDescriptor or MemberInfo or Pointer || item.GetType().IsPrimitive || !seen.Add(item))
            {
                continue;
            }

            if (item is Compilation or ISymbol or SyntaxNode or SyntaxTree or SourceText or AdditionalText or Location)
            {
                return item;
            }

            foreach (var child in item is Array items ? items.Cast<object?>() : Fields(item))
            {
                open.Push(child);
            }
        }

        return null;
    }

    private static IEnumerable<object?> Fields(object item)
    {
        for (var type = item.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                yield return field.GetValue(item);
            }
        }
    }
}
