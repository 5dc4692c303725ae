using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;

namespace TypedPool.Benchmarks.Peers;

/// <summary>How gRPC writes and reads messages, so that nothing has to be generated.</summary>
internal static class GrpcMessages
{
    private const uint FloatsTag = (1 << 3) | 2; // Field 1, packed.

    private static readonly FieldCodec<double> FloatsCodec = FieldCodec.ForDouble(FloatsTag);

    /// <summary>The message <c>Floats { repeated double numbers = 1; }</c>.</summary>
    internal static Marshaller<RepeatedField<double>> Floats { get; } = Marshallers.Create(WriteFloats, ReadFloats);

    /// <summary>Messages that know by themselves how they are written.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="parser">Reads it.</param>
    /// <returns>How it is written and read.</returns>
    internal static Marshaller<T> Of<T>(MessageParser<T> parser)
        where T : IMessage<T> => Marshallers.Create(Write, context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));

    private static void Write<T>(T message, SerializationContext context)
        where T : IMessage<T>
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static void WriteFloats(RepeatedField<double> numbers, SerializationContext context)
    {
        var bytes = new byte[numbers.CalculateSize(FloatsCodec)];
        using (var output = new CodedOutputStream(bytes))
        {
            numbers.WriteTo(output, FloatsCodec);
        }

        context.Complete(bytes);
    }

    private static RepeatedField<double> ReadFloats(DeserializationContext context)
    {
        var numbers = new RepeatedField<double>();
        using var input = new CodedInputStream(context.PayloadAsNewBuffer());
        while (input.ReadTag() == FloatsTag)
        {
            numbers.AddEntriesFrom(input, FloatsCodec);
        }

        return numbers;
    }
}
