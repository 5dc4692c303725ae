namespace TypedPool.Wire;

/// <summary>Where the attachments of a message are that do not follow it.</summary>
/// <param name="Segment">The name of the segment of shared memory.</param>
/// <param name="Sizes">Their sizes, in the order in which they stand there.</param>
internal sealed record AttachmentsInMemory(string Segment, IReadOnlyList<int> Sizes);
