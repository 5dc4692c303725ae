using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Json;

/// <summary>
/// Reads JSON (RFC 8259) into a tree with positions. At a syntax error it stops and keeps what it has, so that an
/// unfinished edit does not take all generated code away.
/// </summary>
internal sealed class JsonParser
{
    /// <summary>How deep values may nest; every recursion over the tree relies on it.</summary>
    public const int MaxDepth = 512;

    private readonly string _text;
    private readonly List<JsonProblem> _problems = [];
    private readonly CancellationToken _cancellationToken;
    private int _position;
    private int _depth;

    private JsonParser(string text, CancellationToken cancellationToken)
    {
        _text = text;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="name">The key of the whole: the name of the file, where types may be named by it.</param>
    public static JsonTree Parse(string text, CancellationToken cancellationToken, string? name = null)
    {
        var parser = new JsonParser(text, cancellationToken);
        var root = parser.Value(null, name, 0);
        if (!parser.Failed)
        {
            parser.SkipWhitespace();
            if (parser._position < text.Length)
            {
                parser.Fail("the end of the file");
            }
        }

        return new JsonTree(root, parser._problems);
    }

    private bool Failed { get; set; }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private JsonNode? Value(JsonNode? parent, string? key, int index)
    {
        SkipWhitespace();
        var start = _position;
        switch (Current)
        {
            case '{':
                return Container(new JsonNode(JsonKind.Object, parent, key, index, start));
            case '[':
                return Container(new JsonNode(JsonKind.Array, parent, key, index, start));
            case '"':
                var text = String();
                return Failed ? null : Scalar(JsonKind.String, text);
            case 't':
                return Word("true", JsonKind.True);
            case 'f':
                return Word("false", JsonKind.False);
            case 'n':
                return Word("null", JsonKind.Null);
            case '-' or (>= '0' and <= '9'):
                var length = JsonNumber.Length(_text, start);
                _position = start + Math.Abs(length);
                if (length <= 0)
                {
                    Fail("a digit");
                    return null;
                }

                return Scalar(JsonKind.Number, _text.Substring(start, length));
            default:
                Fail("a value");
                return null;
        }

        JsonNode Scalar(JsonKind kind, string value)
        {
            var node = new JsonNode(kind, parent, key, index, start);
            node.Complete(_position, value);
            return node;
        }

        JsonNode? Word(string word, JsonKind kind)
        {
            if (string.CompareOrdinal(_text, start, word, 0, word.Length) != 0)
            {
                Fail("a value");
                return null;
            }

            _position += word.Length;
            return Scalar(kind, "");
        }
    }

    private JsonNode Container(JsonNode node)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (++_depth > MaxDepth)
        {
            Fail("no more than 512 nested values");
        }
        else if (node.Kind == JsonKind.Object)
        {
            Members(node);
        }
        else
        {
            Items(node);
        }

        _depth--;
        node.Complete(_position);
        return node;
    }

    private void Members(JsonNode node)
    {
        _position++;
        SkipWhitespace();
        while (!Failed && (Current != '}' || node.Members.Count > 0))
        {
            if (Current != '"')
            {
                Fail(node.Members.Count == 0 ? "a member's name in double quotes, or '}'" : "a member's name in double quotes");
                return;
            }

            var start = _position;
            var name = String();
            var span = TextSpan.FromBounds(start, _position);
            SkipWhitespace();
            if (Failed || !Accept(':', "':'") || Value(node, name, -1) is not { } value)
            {
                return;
            }

            if (!node.Add(new JsonMember(name, span, value)))
            {
                _problems.Add(new JsonProblem(JsonProblemKind.DuplicateMember, span, name));
            }

            SkipWhitespace();
            if (Failed || !Continues('}'))
            {
                return;
            }
        }

        _position++;
    }

    private void Items(JsonNode node)
    {
        _position++;
        SkipWhitespace();
        while (!Failed && (Current != ']' || node.Items.Count > 0))
        {
            if (Value(node, null, node.Items.Count) is not { } value)
            {
                return;
            }

            node.Add(value);
            SkipWhitespace();
            if (Failed || !Continues(']'))
            {
                return;
            }
        }

        _position++;
    }

    /// <summary>Steps over a comma or the closing bracket.</summary>
    /// <returns>Whether another entry must follow.</returns>
    private bool Continues(char close)
    {
        if (Current == close && _position < _text.Length)
        {
            _position++;
            return false;
        }

        if (!Accept(',', $"',' or '{close}'"))
        {
            return false;
        }

        SkipWhitespace();
        return true;
    }

    private string String()
    {
        var start = _position;
        var error = JsonString.Read(_text, ref _position, out var value, out var hasLoneSurrogate);
        if (error is not null)
        {
            Fail(error);
        }
        else if (hasLoneSurrogate)
        {
            _problems.Add(new JsonProblem(JsonProblemKind.LoneSurrogate, TextSpan.FromBounds(start, _position), ""));
        }

        return value;
    }

    private bool Accept(char expected, string words)
    {
        if (Current != expected)
        {
            Fail(words);
            return false;
        }

        _position++;
        return true;
    }

    private void Fail(string expected)
    {
        if (!Failed)
        {
            Failed = true;
            _problems.Add(new JsonProblem(
                JsonProblemKind.Syntax, new TextSpan(_position, _position < _text.Length ? 1 : 0), expected));
        }
    }

    private void SkipWhitespace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\n' or '\r')
        {
            _position++;
        }
    }
}
