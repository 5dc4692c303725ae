using System.Text;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Model;

/// <summary>Shows a default in documentation: compact JSON, never the whole of a long one.</summary>
internal static class DefaultText
{
    private const int Longest = 80;

    public static string Of(JsonNode value)
    {
        var text = new StringBuilder();
        Append(text, value);
        if (text.Length <= Longest)
        {
            return text.ToString();
        }

        // Never through a surrogate pair.
        var length = char.IsHighSurrogate(text[Longest - 2]) ? Longest - 2 : Longest - 1;
        return text.ToString(0, length).TrimEnd() + "…";
    }

    private static void Append(StringBuilder text, JsonNode value)
    {
        if (text.Length > Longest)
        {
            return;
        }

        switch (value.Kind)
        {
            case JsonKind.String:
                text.Append('"').Append(value.Text).Append('"');
                break;
            case JsonKind.Array:
                Join(text, '[', value.Items, ']', item => Append(text, item));
                break;
            case JsonKind.Object:
                Join(text, '{', value.Members, '}', member =>
                {
                    text.Append('"').Append(member.Name).Append("\": ");
                    Append(text, member.Value);
                });
                break;
            default:
                text.Append(value.Kind switch
                {
                    JsonKind.Null => "null",
                    JsonKind.True => "true",
                    JsonKind.False => "false",
                    _ => value.Text,
                });
                break;
        }
    }

    private static void Join<T>(StringBuilder text, char open, IEnumerable<T> parts, char close, Action<T> append)
    {
        text.Append(open);
        var separator = "";
        foreach (var part in parts)
        {
            text.Append(separator);
            append(part);
            separator = ", ";
        }

        text.Append(close);
    }
}
