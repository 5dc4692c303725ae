using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Emit;

/// <summary>Writes indented lines that end in <c>\n</c> on every system.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    public CodeWriter Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _indentation * 4).Append(line);
        }

        _text.Append('\n');
        return this;
    }

    public CodeWriter Open(string? line = null)
    {
        if (line is not null)
        {
            Line(line);
        }

        Line("{");
        _indentation++;
        return this;
    }

    public CodeWriter Close(string end = "}")
    {
        _indentation--;
        return Line(end);
    }

    /// <summary>Lines one step further in, as of an expression that goes on.</summary>
    public CodeWriter Indented(Action write)
    {
        _indentation++;
        write();
        _indentation--;
        return this;
    }

    public SourceText ToSourceText()
    {
        using var reader = new CodeReader(_text);
        return SourceText.From(reader, _text.Length, Encoding.UTF8);
    }
}
