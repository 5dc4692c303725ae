namespace TypedPool.Generators.Naming;

/// <summary>A wish for a name.</summary>
/// <param name="Owner">Who wishes.</param>
/// <param name="Rank">Who comes first: lower ranks choose before higher ones.</param>
/// <param name="Place">Where the owner stands in the schema; unique, and what a suffix is made of.</param>
/// <param name="Wishes">The names in order of preference.</param>
internal sealed record NameClaim<T>(T Owner, int Rank, string Place, params string[] Wishes);

/// <summary>
/// Gives each claimant a name of its own, without regard to the order in which they come: of equals that wish for the
/// same name none gets it, so that adding or moving one does not hand the name from one to another.
/// </summary>
internal static class NameTable
{
    private const int MostRounds = 5;

    public static Dictionary<T, string> Assign<T>(IReadOnlyList<NameClaim<T>> claims, IEnumerable<string> reserved)
        where T : class
    {
        var taken = new HashSet<string>(reserved, StringComparer.Ordinal);
        var names = new Dictionary<T, string>();
        if (AssignFirstWishes(claims, taken, names))
        {
            return names;
        }

        taken = new HashSet<string>(reserved, StringComparer.Ordinal);
        names.Clear();
        foreach (var rank in claims.GroupBy(claim => claim.Rank).OrderBy(group => group.Key))
        {
            var open = rank.ToList();
            for (var round = 0; open.Count > 0; round++)
            {
                if (round > MostRounds)
                {
                    Number(open, names, taken);
                    break;
                }

                var wishes = open.ToLookup(claim => Wish(claim, round), StringComparer.Ordinal);
                var granted = wishes.Where(wish => !taken.Contains(wish.Key) && wish.Count() == 1).ToList();
                foreach (var wish in granted)
                {
                    names[wish.Single().Owner] = wish.Key;
                }

                taken.UnionWith(wishes.Select(wish => wish.Key));
                open.RemoveAll(claim => names.ContainsKey(claim.Owner));
            }
        }

        return names;
    }

    /// <summary>The common case: nobody wishes what another has.</summary>
    private static bool AssignFirstWishes<T>(IReadOnlyList<NameClaim<T>> claims, HashSet<string> taken, Dictionary<T, string> names)
        where T : class
    {
        foreach (var claim in claims)
        {
            if (!taken.Add(claim.Wishes[0]))
            {
                return false;
            }

            names[claim.Owner] = claim.Wishes[0];
        }

        return true;
    }

    /// <summary>The last resort, where hashes of different places are equal: it cannot be stable, but it ends.</summary>
    private static void Number<T>(List<NameClaim<T>> open, Dictionary<T, string> names, HashSet<string> taken)
        where T : class
    {
        foreach (var claim in open)
        {
            var number = 2;
            while (!taken.Add($"{claim.Wishes[0]}_{number}"))
            {
                number++;
            }

            names[claim.Owner] = $"{claim.Wishes[0]}_{number}";
        }
    }

    /// <summary>A wish; those who run out of wishes get their first with a hash of their place.</summary>
    private static string Wish<T>(NameClaim<T> claim, int round)
    {
        if (round < claim.Wishes.Length)
        {
            return claim.Wishes[round];
        }

        var salt = round == claim.Wishes.Length ? "" : new string('/', round);
        return $"{claim.Wishes[0]}_{StableHash.Suffix(claim.Place + salt)}";
    }
}
