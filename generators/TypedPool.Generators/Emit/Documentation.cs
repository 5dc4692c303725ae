using System.Text;
using System.Xml;

namespace TypedPool.Generators.Emit;

/// <summary>Writes XML documentation from anybody's text.</summary>
internal static class Documentation
{
    private static readonly char[] LineBreaks = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    /// <summary>Writes an element; paragraphs of more than one stand in <c>para</c>.</summary>
    /// <param name="code">Where to write.</param>
    /// <param name="element">Its name.</param>
    /// <param name="text">What it says, as plain text.</param>
    /// <param name="attribute">Its attribute, escaped, or empty.</param>
    public static void Element(CodeWriter code, string element, string text, string attribute = "")
    {
        var paragraphs = Paragraphs(text);
        var open = attribute.Length == 0 ? $"<{element}>" : $"<{element} {attribute}>";
        if (paragraphs is [[var single]])
        {
            code.Line($"/// {open}{single}</{element}>");
            return;
        }

        code.Line($"/// {open}");
        foreach (var paragraph in paragraphs)
        {
            if (paragraphs.Count > 1)
            {
                code.Line("/// <para>");
            }

            foreach (var line in paragraph)
            {
                code.Line("/// " + line);
            }

            if (paragraphs.Count > 1)
            {
                code.Line("/// </para>");
            }
        }

        code.Line($"/// </{element}>");
    }

    /// <summary>Text and what is added to it, as one.</summary>
    public static string Sentences(params string?[] texts) =>
        string.Join(" ", texts.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!.Trim()));

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                _ => escaped.Append(XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'),
            };
        }

        return escaped.ToString();
    }

    private static List<List<string>> Paragraphs(string text)
    {
        var paragraphs = new List<List<string>>();
        var current = new List<string>();
        foreach (var line in text.Replace("\r\n", "\n").Split(LineBreaks))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                End();
            }
            else
            {
                current.Add(Escape(line.Trim()).Replace("&quot;", "\""));
            }
        }

        End();
        return paragraphs;

        void End()
        {
            if (current.Count > 0)
            {
                paragraphs.Add(current);
                current = [];
            }
        }
    }
}
