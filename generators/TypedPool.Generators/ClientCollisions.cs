using System.Collections.Immutable;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Diagnostics;

namespace TypedPool.Generators;

/// <summary>Finds schemas that would generate the same class.</summary>
internal static class ClientCollisions
{
    /// <summary>Which schema generates which class.</summary>
    internal sealed record Claim(string Path, string FullName);

    /// <summary>The schemas that come too late, with the one that comes first; case does not tell files apart.</summary>
    public static EquatableArray<DiagnosticInfo> Find(ImmutableArray<Claim> claims) => new(claims
        .GroupBy(claim => claim.FullName, StringComparer.OrdinalIgnoreCase)
        .SelectMany(group =>
        {
            var ordered = group.OrderBy(claim => claim.Path, StringComparer.Ordinal).ToList();
            return ordered.Skip(1).Select(claim =>
                DiagnosticInfo.WithoutPlace(Causes.DuplicateClient, claim.Path, claim.FullName, ordered[0].Path));
        }));
}
