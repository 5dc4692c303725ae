using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>A value with something in it that is just outside its domain.</summary>
/// <param name="Python">Where Python is to return it; null where no part of the type can be wrong there.</param>
/// <param name="CSharp">Where C# is to send it; null likewise.</param>
internal sealed record Wrong(Wrong.Place? Python, Wrong.Place? CSharp)
{
    private const int MostTries = 20;

    /// <summary>Something wrong, at a random place of random values.</summary>
    public static Wrong In(InventedType type, PCG random) =>
        new(
            Find(type, random, outsider => outsider.Python is not null, outsider => outsider is { Python: not null, IsTaken: true }),
            Find(type, random, outsider => outsider.CSharp is not null, outsider => outsider.CSharp is not null));

    /// <param name="type">Where it is to be wrong.</param>
    /// <param name="random">What decides.</param>
    /// <param name="fits">What may stand there.</param>
    /// <param name="inside">What may stand inside values that a library makes.</param>
    private static Place? Find(InventedType type, PCG random, Func<Outsider, bool> fits, Func<Outsider, bool> inside)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var plain = type.Values.Generate(random, null, out _);
            var places = Places(type, plain, "", fits, inside).ToArray();
            if (places.Length > 0)
            {
                return places[random.Next((uint)places.Length)];
            }
        }

        return null;
    }

    private static IEnumerable<Place> Places(InventedType type, object? plain, string path, Func<Outsider, bool> fits, Func<Outsider, bool> inside) =>
    [
        .. type.Outsiders.Where(fits).Select(outsider => new Place(path, outsider)),
        .. type.Parts(plain).SelectMany(part => Places(part.Type, part.Value, path + part.Token, type.IsMadeByLibrary ? inside : fits, inside)
            .Select(place => place with { Value = part.Replace(place.Value) })),
    ];

    /// <summary>A whole value, and the path to what is wrong in it.</summary>
    internal sealed record Place(string Path, object? Value);
}
