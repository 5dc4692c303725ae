using System.Text.Json;
using TypedPool.TypedTests.Frozen.V0_1_0;

namespace TypedPool.TypedTests.Fakes;

public sealed class SevenOfEverything(IPythonCommands others) : IPythonCommands
{
    public IPythonCommands InSession(string session) => this;

    public Task<Bill> BuyAsync(BuyRequest request, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Bill { Count = 7, Total = 14, ByName = ValueMap<string, double>.Empty, Paid = false, Note = "free" });

    public Task<Bill> BuyAsync(
        IReadOnlyList<ItemInput> items, IReadOnlyDictionary<string, long> counts, BuyPayment? payment = null,
        Optional<string?> note = default, double? discount = null, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        BuyAsync(new BuyRequest { Items = items, Counts = counts }, options, cancellationToken);

    public Task<Item> SameAsync(SameRequest request, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        others.SameAsync(request, options, cancellationToken);

    public Task<Item> SameAsync(ItemInput item, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        others.SameAsync(item, options, cancellationToken);

    public Task NothingAsync(CallOptions? options = null, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<string?> SessionAsync(CallOptions? options = null, CancellationToken cancellationToken = default) =>
        others.SessionAsync(options, cancellationToken);

    public Task<PingResult> PingAsync(PingRequest request, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        others.PingAsync(request, options, cancellationToken);

    public Task<PingResult> PingAsync(JsonElement? echo = null, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        others.PingAsync(echo, options, cancellationToken);
}
