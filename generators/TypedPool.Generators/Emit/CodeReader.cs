using System.Text;

namespace TypedPool.Generators.Emit;

/// <summary>Reads what was written, piece by piece: in one piece it would be among the objects that are collected last.</summary>
internal sealed class CodeReader(StringBuilder text) : TextReader
{
    private int _position;

    public override int Peek() => _position < text.Length ? text[_position] : -1;

    public override int Read() => _position < text.Length ? text[_position++] : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        var read = Math.Min(count, text.Length - _position);
        text.CopyTo(_position, buffer, index, read);
        _position += read;
        return read;
    }

    public override string ReadToEnd()
    {
        var rest = text.ToString(_position, text.Length - _position);
        _position = text.Length;
        return rest;
    }
}
