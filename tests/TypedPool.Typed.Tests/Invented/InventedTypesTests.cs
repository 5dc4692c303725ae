using System.Globalization;
using CsCheck;
using TypedPool.Testing;

namespace TypedPool.TypedTests.Invented;

/// <summary>
/// Types that nobody thought of: both sides are generated for them, and random values go there and back. The same seed
/// invents the same types and values.
/// </summary>
[HangLimit(900)]
public sealed class InventedTypesTests
{
    private const int Depth = 5;
    private const int TypesInBatch = 50;
    private const int Types = 30;
    private const int ValuesOfType = 20;
    private const int Seed = 20_261_125;

    /// <summary>Half of them are of Python's own kinds.</summary>
    [Theory]
    [InlineData(nameof(Library.None), 2)]
    [InlineData(nameof(Library.NumPy), 4)]
    [InlineData(nameof(Library.Models), 4)]
    public async Task Values_of_invented_types_come_back_exactly_and_what_is_no_such_value_is_refused_with_its_path(string kinds, int part)
    {
        var library = kinds switch { nameof(Library.None) => Library.None, nameof(Library.NumPy) => Library.NumPy, _ => Library.Models };
        var seed = Setting("TYPEDPOOL_INVENTED_SEED", Seed);
        var types = Setting("TYPEDPOOL_INVENTED_TYPES", Types) / part;
        var values = Setting("TYPEDPOOL_INVENTED_VALUES", ValuesOfType);

        for (var batch = 0; batch * TypesInBatch < types; batch++)
        {
            await TryAsync(library, seed + batch, Math.Min(TypesInBatch, types - (batch * TypesInBatch)), values);
        }
    }

    [Fact]
    public async Task A_value_that_does_not_come_back_is_told_and_made_small()
    {
        var random = new PCG(0, Seed);
        var type = new ScalarType<long>("int", "v < 1000", Gen.Long[0, 1_000_000], value => $"{value}", new Outsider("7", _ => 7L));
        await using var batch = await Batch.StartAsync([new NullableType(type)], Library.None, random);

        var told = await EchoAsync(batch, 0, random, ValuesOfType, "about it: ");

        Assert.StartsWith("about it: ", told, StringComparison.Ordinal);
        Assert.Matches(@"(?s)AssertionError: \d+.*shrunk: .*[1-9]\d* shrinks.*\n\d{4,6}\s", told);
        Assert.Equal(": nothing was said", await batch.ReturnWrongAsync(0));
        Assert.Equal(": nothing was said", await batch.SendWrongAsync(0));
    }

    private static async Task TryAsync(Library library, int seed, int count, int values)
    {
        var random = new PCG(0, (ulong)seed);
        var generator = Gen.Int[0, Depth].SelectMany(depth => Kinds.OfDepth(depth, library));
        var types = Enumerable.Range(0, count).Select(_ => generator.Generate(random, null, out Size _)).ToArray();
        await using var batch = await Batch.StartAsync(types, library, random);
        var wrong = new List<string>();
        for (var i = 0; i < types.Length; i++)
        {
            var about = $"seed {seed}, type {i}: {types[i]}: ";
            wrong.AddRange(Told(
                await TellAsync(about + "returned by Python: ", () => batch.ReturnWrongAsync(i)),
                await TellAsync(about + "sent by C#: ", () => batch.SendWrongAsync(i)),
                await EchoAsync(batch, i, random, values, about)));
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    /// <summary>What is wrong with the first value that does not come back, and with the smallest that is found after it.</summary>
    private static async Task<string?> EchoAsync(Batch batch, int index, PCG random, int values, string about)
    {
        for (var i = 0; i < values; i++)
        {
            var state = random.State;
            var value = batch.ValuesOf(index).Generate(random, null, out Size _);
            if (await TellAsync(about, () => batch.EchoAsync(index, value)) is { } difference)
            {
                return difference + "\n" + await TellAsync("shrunk: ", () => ShrinkAsync(batch, index, random.ToString(state)));
            }
        }

        return null;
    }

    private static IEnumerable<string> Told(params string?[] texts) => texts.OfType<string>();

    /// <summary>What is wrong, with what it is about; null where nothing is.</summary>
    private static async Task<string?> TellAsync(string about, Func<Task<string?>> attempt)
    {
        try
        {
            return await attempt() is { } difference ? about + difference : null;
        }
        catch (Exception exception)
        {
            return about + exception;
        }
    }

    /// <summary>Looks for a smaller value that does not come back, and throws an exception that shows it.</summary>
    private static async Task<string?> ShrinkAsync(Batch batch, int index, string seed)
    {
        await batch.ValuesOf(index).SampleAsync(
            async value => await TellAsync("", () => batch.EchoAsync(index, value)) is null, seed: seed, iter: 2_000, threads: 1, print: value => batch.Print(index, value));
        return null;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
