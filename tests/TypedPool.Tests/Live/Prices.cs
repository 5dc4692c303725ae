using TypedPool.Tests.Live.Hosts;

namespace TypedPool.Tests.Live;

/// <summary>Prices that a test's host has, and for which lines it was asked.</summary>
internal sealed class Prices : IPrices
{
    internal List<Line> Asked { get; } = [];

    public Task<decimal?> PriceOfAsync(
        ValueList<Line> lines, decimal? discount, PricesPriceOfMode mode, HostCall call, CancellationToken cancellationToken)
    {
        Asked.AddRange(lines);
        return Task.FromResult(mode == PricesPriceOfMode.Gross ? (decimal?)null : lines.Sum(line => 2m * line.Count) - (discount ?? 0));
    }

    public Task<IReadOnlyList<LineInput>> BestAsync(ValueList<Line> lines, HostCall call, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LineInput>>([new() { Article = lines[^1].Article }]);
}
