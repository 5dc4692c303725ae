namespace TypedPool.Serialization;

/// <summary>Goes through ASCII text from left to right.</summary>
internal ref struct Scanner(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    internal readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Steps over a character, if it is the next one.</summary>
    internal bool Skip(char character)
    {
        if (_rest.IsEmpty || _rest[0] != character)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Reads exactly so many digits.</summary>
    internal bool Digits(int count, out int value)
    {
        var isNumber = Number(count, out var number, out var found);
        value = (int)number;
        return isNumber && found == count;
    }

    /// <summary>Reads digits, at least one and at most so many; more are left.</summary>
    internal bool Number(int most, out long value, out int count)
    {
        value = 0;
        count = 0;
        while (count < most && count < _rest.Length && _rest[count] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (_rest[count] - '0');
            count++;
        }

        _rest = _rest[count..];
        return count > 0;
    }
}
