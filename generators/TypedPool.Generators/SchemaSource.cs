using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TypedPool.Generators.Collections;
using TypedPool.Generators.Schema;

namespace TypedPool.Generators;

/// <summary>A schema file, what the project says of it, and those of the project's other files that it refers to.</summary>
internal sealed record SchemaSource(AdditionalText File, SchemaOptions Options, EquatableArray<AdditionalText> Others)
{
    /// <summary>Picks from the project's files those that a schema refers to, directly and through others.</summary>
    public static SchemaSource Of(
        AdditionalText file,
        SchemaOptions options,
        EquatableArray<string> references,
        ImmutableArray<AdditionalText> files,
        CancellationToken cancellationToken)
    {
        var found = new List<AdditionalText>();
        var open = new Queue<string>(Paths(file, references));
        var known = new HashSet<string>(StringComparer.Ordinal) { FilePath.Slashes(file.Path) };
        while (open.Count > 0)
        {
            var path = open.Dequeue();
            if (!known.Add(path) || files.FirstOrDefault(other => string.Equals(FilePath.Slashes(other.Path), path, StringComparison.Ordinal)) is not { } next)
            {
                continue;
            }

            found.Add(next);
            foreach (var further in Paths(next, ExternalReferences.In(next, cancellationToken)))
            {
                open.Enqueue(further);
            }
        }

        return new SchemaSource(file, options, new(found));
    }

    private static IEnumerable<string> Paths(AdditionalText file, EquatableArray<string> references) =>
        references.Select(reference => FilePath.Resolve(file.Path, reference));
}
