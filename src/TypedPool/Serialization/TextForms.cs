using System.Buffers;

namespace TypedPool.Serialization;

/// <summary>
/// Tells of which form a text is by the places of its signs. Whether it is a value of that form its reader finds out, who
/// can say what is wrong. Python keeps the same rules (<c>kinds/forms.py</c>).
/// </summary>
internal static class TextForms
{
    private const int DateLength = 10;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("-.0123456789"u8);

    internal static TextForm Of(ReadOnlySpan<byte> text) =>
        IsDate(text) ? text.Length == DateLength ? TextForm.DateOnly : OfMoment(text)
        : text.Length == 36 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-' ? TextForm.Guid
        : text.Length > 2 && text[2] == ':' ? TextForm.TimeOnly
        : text.StartsWith("P"u8) || text.StartsWith("-P"u8) ? TextForm.TimeSpan
        : !text.IsEmpty && !text.ContainsAnyExcept(Digits) ? TextForm.Decimal
        : TextForm.None;

    private static bool IsDate(ReadOnlySpan<byte> text) => text.Length >= DateLength && text[4] == '-' && text[7] == '-';

    private static TextForm OfMoment(ReadOnlySpan<byte> text) =>
        text[DateLength] is not ((byte)'T' or (byte)'t' or (byte)' ') ? TextForm.None
        : text[DateLength..].ContainsAny("+-Zz"u8) ? TextForm.DateTimeOffset
        : TextForm.DateTime;
}
