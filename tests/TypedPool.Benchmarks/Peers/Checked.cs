namespace TypedPool.Benchmarks.Peers;

/// <summary>Looks at what came back: a contender that returns something else is not fast but wrong.</summary>
internal static class Checked
{
    internal static void Text(string? result, string text) => Check(result?.Length == text.Length);

    internal static void Primes(long result, int below) => Check(result > 0 && result < below);

    internal static void Floats(IReadOnlyList<double>? result, double[] numbers) =>
        Check(result?.Count == numbers.Length && result[^1].Equals(numbers[^1]));

    internal static void Bytes(ReadOnlySpan<byte> result, byte[] data) => Check(result.Length == data.Length && result[^1] == data[^1]);

    internal static async Task NumbersAsync(IAsyncEnumerable<int> stream, int count)
    {
        var expected = 0;
        await foreach (var number in stream)
        {
            Check(number == expected++);
        }

        Check(expected == count);
    }

    private static void Check(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidDataException("What came back is not what was sent.");
        }
    }
}
