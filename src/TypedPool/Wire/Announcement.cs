using System.Buffers.Text;
using System.Text;

namespace TypedPool.Wire;

/// <summary>
/// How a message begins that attachments follow: <c>{"$attachments":[8,0,16],</c> and then the message's own members. Where they
/// are in shared memory instead, the name of the segment stands before the sizes: <c>{"$attachments":["57.1",8,0,16],</c>.
/// </summary>
internal static class Announcement
{
    /// <summary>The least that a message needs to name an attachment.</summary>
    private const int ReferenceBytes = 17;

    /// <summary>The member's name.</summary>
    internal static ReadOnlySpan<byte> Member => "$attachments"u8;

    /// <summary>What stands before the sizes, and before the name of a segment.</summary>
    internal static ReadOnlySpan<byte> Head => "{\"$attachments\":["u8;

    private static ReadOnlySpan<byte> HeadInMemory => "{\"$attachments\":[\""u8;

    /// <summary>Whether attachments follow a message.</summary>
    /// <param name="body">The body of its frame.</param>
    /// <returns>True where it announces them.</returns>
    internal static bool IsAt(ReadOnlySpan<byte> body) => body.StartsWith(Head) && !IsInMemory(body);

    /// <summary>Whether the attachments of a message are in shared memory.</summary>
    /// <param name="body">The body of its frame.</param>
    /// <returns>True where it says so.</returns>
    internal static bool IsInMemory(ReadOnlySpan<byte> body) => body.StartsWith(HeadInMemory);

    /// <summary>Reads where the attachments are.</summary>
    /// <param name="body">The body of a frame that says that they are in shared memory.</param>
    /// <returns>The segment and the sizes.</returns>
    /// <exception cref="ProtocolException">There is no segment, or the sizes are none, or too many.</exception>
    internal static AttachmentsInMemory InMemory(ReadOnlySpan<byte> body)
    {
        var rest = body[HeadInMemory.Length..];
        var end = rest.IndexOf((byte)'"');
        return end > 0 && rest[(end + 1)..].StartsWith(","u8)
            ? new AttachmentsInMemory(Encoding.ASCII.GetString(rest[..end]), Sizes(rest[(end + 2)..], int.MaxValue, body.Length))
            : throw Fault($"a segment that is none: {Json.Shown(rest)}");
    }

    /// <summary>Reads the sizes of the attachments.</summary>
    /// <param name="body">The body of a frame with an announcement.</param>
    /// <param name="room">How many bytes they may have together.</param>
    /// <returns>The sizes in order.</returns>
    /// <exception cref="ProtocolException">They are no sizes, too large together, or too many.</exception>
    internal static List<int> Sizes(ReadOnlySpan<byte> body, long room) => Sizes(body[Head.Length..], room, body.Length);

    private static List<int> Sizes(ReadOnlySpan<byte> rest, long room, int bodyBytes)
    {
        var sizes = new List<int>();
        var total = 0L;
        while (!rest.StartsWith("]"u8))
        {
            if (!TryReadSize(rest, out var size, out var digits))
            {
                throw Fault($"sizes that are none: {Json.Shown(rest)}");
            }

            // Compared before it is added: no sum overflows.
            if (size > room - total)
            {
                throw Fault($"attachments of more than the {room} bytes that MaxMessageBytes leaves for them.");
            }

            total += size;
            sizes.Add((int)size);
            rest = rest[digits..];
            rest = rest.StartsWith(","u8) && !rest[1..].StartsWith("]"u8) ? rest[1..]
                : rest.StartsWith("]"u8) ? rest
                : throw Fault($"sizes that are none: {Json.Shown(rest)}");
        }

        return sizes.Count > bodyBytes / ReferenceBytes ? throw Fault($"{sizes.Count} attachments, more than the message can name.") : sizes;
    }

    /// <summary>What stands behind the announcement: the message's members, without the brace that opens it.</summary>
    /// <param name="body">The body of a frame with an announcement.</param>
    /// <returns>The rest; empty where there is none.</returns>
    internal static ReadOnlySpan<byte> MembersAfter(ReadOnlySpan<byte> body)
    {
        var rest = body[(body.IndexOf((byte)']') + 1)..];
        return rest.StartsWith(","u8) ? rest[1..] : default;
    }

    /// <summary>The announcement, up to the members that follow.</summary>
    /// <param name="attachments">The attachments.</param>
    /// <returns>The text.</returns>
    internal static byte[] Of(IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        var text = new StringBuilder("{\"$attachments\":[");
        for (var i = 0; i < attachments.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(attachments[i].Length);
        }

        return Encoding.ASCII.GetBytes(text.Append("],").ToString());
    }

    /// <summary>A number has one form: no sign, and no zero before other digits.</summary>
    private static bool TryReadSize(ReadOnlySpan<byte> text, out long size, out int digits)
    {
        (size, digits) = (0, 0);
        return !text.IsEmpty && char.IsAsciiDigit((char)text[0])
            && Utf8Parser.TryParse(text, out size, out digits)
            && (text[0] != (byte)'0' || digits == 1);
    }

    private static ProtocolException Fault(string what) => new($"The worker announced {what}");
}
