using TypedPool.Generators.Collections;

namespace TypedPool.Generators;

/// <summary>
/// What stands in a schema file, what the project says of it, and what stands in the files that it refers to. White space
/// tells no two of them apart, so that an edit of it ends here.
/// </summary>
internal sealed record SchemaContent(FileContent File, SchemaOptions Options, EquatableArray<FileContent> Others)
{
    public static SchemaContent Of(SchemaSource source, CancellationToken cancellationToken) => new(
        FileContent.Of(source.File, cancellationToken),
        source.Options,
        new(source.Others.Select(other => FileContent.Of(other, cancellationToken))));
}
