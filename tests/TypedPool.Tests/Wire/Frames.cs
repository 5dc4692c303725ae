using System.Buffers.Binary;
using System.Text;

namespace TypedPool.Tests.Wire;

/// <summary>Frames as the protocol has them, made by hand.</summary>
internal static class Frames
{
    internal static byte[] Of(string body) => Of(Encoding.UTF8.GetBytes(body));

    internal static byte[] Of(ReadOnlySpan<byte> body)
    {
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(4));
        return frame;
    }
}
