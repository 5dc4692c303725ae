using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>Bytes. A plain value is an array of them.</summary>
/// <param name="name">The class in Python.</param>
/// <param name="python">A value as a Python expression, with {0} for its hexadecimal digits.</param>
/// <param name="check">What holds for a value, beside its class.</param>
/// <param name="returned">The same value as Python is to return it, with {0} for the value.</param>
internal sealed class BytesType(string name, string python, string check = "True", string returned = "{0}") : InventedType
{
    private const int Large = 100_000;

    /// <summary>All, with how often they are taken. What is received as one of the latter two may be written to.</summary>
    public static (int Of, IGen<InventedType> Make)[] All { get; } =
    [
        (3, Gen.Const<InventedType>(new BytesType("bytes", "bytes.fromhex('{0}')"))),
        (1, Gen.Const<InventedType>(new BytesType("bytearray", "bytearray.fromhex('{0}')"))),
        (1, Gen.Const<InventedType>(new BytesType(
            "memoryview", "memoryview(bytearray.fromhex('{0}'))", "not v.readonly", "memoryview(bytes(each for byte in {0} for each in (byte, 7)))[::2]"))),
    ];

    public override bool IsHashable => name == "bytes";

    public override IReadOnlyList<Outsider> Outsiders => [new("'text'", null), new("[1]", null)];

    public override Gen<object?> Values { get; } = Gen.Frequency(
        (10, Gen.OneOf<byte[]>([], [0], [0xFF, 0xFE, 0xED], "{\"$attachment\":0}"u8.ToArray(), [.. Enumerable.Range(0, 256).Select(each => (byte)each)])),
        (10, Gen.Byte.Array[0, 300]),
        (1, Gen.Byte.Select(each => Enumerable.Repeat(each, Large).ToArray()))).Select(bytes => (object?)bytes);

    public override string Annotate(PythonModule module) => name;

    public override string Check(PythonModule module) => $"type(v) is {name} and {check}";

    public override string Python(object? plain) => string.Format(python, Convert.ToHexString((byte[])plain!));

    public override string Returned(string value) => string.Format(returned, value);

    public override object? ToCSharp(object? plain, Type target) =>
        target == typeof(ValueBytes) ? new ValueBytes((byte[])plain!) : new ReadOnlyMemory<byte>((byte[])plain!);

    public override object? ToPlain(object? value) => value is ValueBytes bytes ? bytes.ToArray() : ((ReadOnlyMemory<byte>)value!).ToArray();

    public override string ToString() => name;
}
