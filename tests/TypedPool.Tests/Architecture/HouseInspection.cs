namespace TypedPool.Tests.Architecture;

/// <summary>Holds the plan of a house against what was built.</summary>
internal sealed class HouseInspection
{
    private readonly HousePlan _plan;
    private readonly IReadOnlyCollection<string> _things;
    private readonly ILookup<(string From, string To), Arrow> _arrows;

    /// <param name="plan">The plan.</param>
    /// <param name="things">The full names of all types or modules.</param>
    /// <param name="arrows">Which of them names which.</param>
    internal HouseInspection(HousePlan plan, IReadOnlyCollection<string> things, IEnumerable<Arrow> arrows)
    {
        _plan = plan;
        _things = things;
        _arrows = arrows
            .Distinct()
            .Select(arrow => (Arrow: arrow, From: RoomOf(arrow.From), To: RoomOf(arrow.To)))
            .Where(each => each.From is not null && each.To is not null && each.From != each.To)
            .ToLookup(each => (each.From!.Name, each.To!.Name), each => each.Arrow);
    }

    /// <summary>Everything in which plan and building differ, one line each.</summary>
    internal IReadOnlyList<string> Differences() =>
        [.. Unplanned(), .. Unbuilt(), .. Upward(), .. Forbidden(), .. Undrawn(), .. Outlived()];

    private static string Shown(IEnumerable<Arrow> arrows) => string.Join(", ", arrows.Select(arrow => $"{arrow.From} → {arrow.To}"));

    /// <summary>The room that holds a thing by its own name, or else by the name of what is directly around it.</summary>
    private Room? RoomOf(string thing) =>
        _plan.Rooms.FirstOrDefault(room => room.Holds.Contains(thing))
        ?? (thing.LastIndexOf('.') is > 0 and var dot ? _plan.Rooms.FirstOrDefault(room => room.Holds.Contains(thing[..dot])) : null);

    private IEnumerable<string> Unplanned() =>
        _things.Where(thing => RoomOf(thing) is null).Select(thing => $"{thing} is in no room of the table.");

    private IEnumerable<string> Unbuilt() =>
        from room in _plan.Rooms
        from held in room.Holds
        where !_things.Any(thing => thing == held || thing.StartsWith(held + ".", StringComparison.Ordinal))
        select $"The room '{room.Name}' holds {held}, which is not there.";

    /// <summary>Where every room knows only of rooms below it, there is no way round in a circle.</summary>
    private IEnumerable<string> Upward()
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach (var room in _plan.Rooms)
        {
            above.Add(room.Name);
            foreach (var known in room.KnowsOf)
            {
                if (above.Contains(known))
                    yield return $"The table lets the room '{room.Name}' know of '{known}', which stands above it.";
                else if (_plan.Rooms.All(other => other.Name != known))
                    yield return $"The table lets the room '{room.Name}' know of '{known}', which is no room.";
            }
        }
    }

    private IEnumerable<string> Forbidden() =>
        from between in _arrows
        let wrong = between.Where(arrow => !IsPlanned(between.Key.From, between.Key.To) && !IsOwnedUpTo(between.Key, arrow)).ToArray()
        where wrong.Length > 0
        select $"The room '{between.Key.From}' is not to know of '{between.Key.To}': {Shown(wrong)}.";

    private IEnumerable<string> Undrawn() =>
        from room in _plan.Rooms
        from known in room.KnowsOf
        where !_arrows.Contains((room.Name, known))
        select $"The table lets the room '{room.Name}' know of '{known}', and it does not: take it out.";

    private IEnumerable<string> Outlived() =>
        from crossing in _plan.Crossings
        where !_arrows[(crossing.From, crossing.To)].Any(arrow => arrow.To == crossing.Through)
        select $"The crossing from '{crossing.From}' to '{crossing.To}' through {crossing.Through} is gone: take it out.";

    private bool IsPlanned(string from, string to) => _plan.Rooms.Any(room => room.Name == from && room.KnowsOf.Contains(to));

    private bool IsOwnedUpTo((string From, string To) rooms, Arrow arrow) =>
        _plan.Crossings.Contains(new Crossing(rooms.From, rooms.To, arrow.To));
}
