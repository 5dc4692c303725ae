using System.Text.Json.Serialization;

namespace TypedPool.Benchmarks.Json;

/// <summary>The shape of a generated order as somebody writes it for System.Text.Json.</summary>
internal sealed record TwinOrder
{
    public required long Id { get; init; }

    public required string Customer { get; init; }

    public required bool Paid { get; init; }

    public required string? Note { get; init; }

    public required IReadOnlyList<TwinItem> Items { get; init; }

    public required IReadOnlyDictionary<string, long> ByName { get; init; }
}

/// <summary>The shape of a generated item.</summary>
internal sealed record TwinItem
{
    public required string Name { get; init; }

    public required long Count { get; init; }

    public required double Price { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>What System.Text.Json's own generator makes of it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TwinOrder))]
internal sealed partial class TwinContext : JsonSerializerContext;
