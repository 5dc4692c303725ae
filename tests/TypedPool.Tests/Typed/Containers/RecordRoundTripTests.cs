using Xunit;

namespace TypedPool.Tests.Typed.Containers;

/// <summary>Classes of named fields from C# to Python and back.</summary>
public sealed class RecordRoundTripTests : ContainerTestCase
{
    [Fact]
    public async Task A_record_of_every_kind_of_container_comes_back_equal()
    {
        var point = new Point { X = -0.0, Y = double.NaN };
        var sent = new EverythingInput
        {
            First = 1,
            Texts = ["a", ""],
            Points = [point, new Point { X = 1, Y = 2 }],
            Pairs = [(1, null), (1, "x")],
            Nested = [[1, 2], []],
            Pair = (1, ["a", "b"]),
            MaybePair = (0.5, Color.Blue),
            None = default,
            One = ValueTuple.Create(true),
            Nine = (1, 2, 3, 4, 5, 6, 7, 8, "nine"),
            Row = [1, 2.5],
            Queue = [1, 2],
            Sequence = [null, [3]],
            ByNumber = Map(-5L, Map(Color.Red, (1L, 2L))),
            ByLevel = Map(Level.Low, ValueList.Create<long>([7])),
            ByWord = Map(EverythingByWordKey.B, 3L),
            Span = new SpanInput { Start = 1 },
            Rated = new Rated { Title = "x", Sequels = [new Rated { Title = "y", Stars = null }] },
            Empty = new Empty(),
            Pages = new PageOfDictOfStrAndOptionalPoint
            {
                Items = [Map<string, Point?>("p", point), Map<string, Point?>("q", null)],
                Next = new PageOfDictOfStrAndOptionalPoint { Items = [], Next = null },
            },
        };

        var back = await Commands.EchoEverythingAsync(sent);

        var expected = new Everything
        {
            First = sent.First,
            Texts = sent.Texts,
            Points = sent.Points,
            Pairs = sent.Pairs,
            Nested = sent.Nested,
            Pair = sent.Pair,
            MaybePair = sent.MaybePair,
            None = sent.None,
            One = sent.One,
            Nine = sent.Nine,
            Row = sent.Row,
            Queue = sent.Queue,
            Sequence = sent.Sequence,
            ByNumber = sent.ByNumber,
            ByLevel = sent.ByLevel,
            ByWord = sent.ByWord,
            Span = new Span { Start = 1, End = 0.5, Tags = [] },
            Rated = sent.Rated,
            Empty = sent.Empty,
            Pages = sent.Pages,
        };
        Assert.Equal(expected, back);
        Assert.Equal(expected.GetHashCode(), back.GetHashCode());
        Assert.NotEqual(expected with { Texts = ["a"] }, back);
    }

    [Fact]
    public async Task What_a_record_does_not_say_is_Pythons_own_default()
    {
        var back = await Commands.EchoDefaultsAsync(new DefaultsInput());

        var expected = new Defaults
        {
            Texts = ["b", "a"],
            MaybeTexts = null,
            OtherTexts = [],
            Pair = (1, "x"),
            MaybePair = (2, "y"),
            Mode = DefaultsMode.Fast,
            Modes = [],
            ByNumber = ValueMap<long, (long, long)>.Empty,
            Span = new Span { Start = 1, End = 0.5, Tags = [] },
            Empty = null,
        };
        Assert.Equal(expected, back);
    }

    [Fact]
    public async Task What_a_record_says_is_kept_and_null_is_not_absent()
    {
        var back = await Commands.EchoDefaultsAsync(new DefaultsInput
        {
            Texts = [],
            MaybeTexts = ["x"],
            OtherTexts = null,
            Pair = (3, "z"),
            MaybePair = null,
            Mode = DefaultsMode.Exact,
            Modes = [DefaultsModesItem.X, DefaultsModesItem.Y],
            ByNumber = Map(1L, (2L, 3L)),
            Span = null,
            Empty = new Empty(),
        });

        var expected = new Defaults
        {
            Texts = [],
            MaybeTexts = ["x"],
            OtherTexts = null,
            Pair = (3, "z"),
            MaybePair = null,
            Mode = DefaultsMode.Exact,
            Modes = [DefaultsModesItem.Y, DefaultsModesItem.X],
            ByNumber = Map(1L, (2L, 3L)),
            Span = null,
            Empty = new Empty(),
        };
        Assert.Equal(expected, back);
    }

    [Fact]
    public async Task Named_tuples_come_back_equal()
    {
        Assert.Equal(new Span { Start = 3, End = 0.5, Tags = [] }, await Commands.EchoSpanAsync());
        var span = await Commands.EchoSpanAsync(new SpanInput { Start = 1, End = null, Tags = ["x", "y"] });
        Assert.Equal(new Span { Start = 1, End = null, Tags = ["x", "y"] }, span);
    }

    [Fact]
    public async Task A_key_that_is_absent_from_a_typed_dict_stays_absent_and_null_stays_null()
    {
        foreach (var (rated, keys) in ((Rated, string[])[])
        [
            (new Rated { Title = "x" }, ["title"]),
            (new Rated { Title = "x", Stars = null }, ["stars", "title"]),
            (new Rated { Title = "x", Stars = 5, Sequels = [] }, ["sequels", "stars", "title"]),
        ])
        {
            Assert.Equal(keys, await Commands.KeysOfAsync(rated));
            Assert.Equal(rated, await Commands.EchoRatedAsync(rated));
        }

        Assert.NotEqual(new Rated { Title = "x" }, new Rated { Title = "x", Stars = null });
    }

    [Fact]
    public async Task Generic_classes_come_back_equal()
    {
        var points = new PageOfPoint { Items = [new Point { X = 1, Y = 2 }], Next = new PageOfPoint { Items = [], Next = null } };
        Assert.Equal(points, await Commands.EchoPageAsync(points));
        var inner = new PageOfInt { Items = [1, 2], Next = null };
        var pages = new PageOfPageOfInt { Items = [inner, inner with { Next = inner }], Next = null };
        Assert.Equal(pages, await Commands.EchoPagesAsync(pages));
    }

    private static ValueMap<TKey, T> Map<TKey, T>(TKey key, T value)
        where TKey : notnull =>
        new Dictionary<TKey, T> { [key] = value }.ToValueMap();
}
