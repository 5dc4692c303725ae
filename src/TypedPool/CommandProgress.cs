namespace TypedPool;

/// <summary>How far a command says that it has come. See <see cref="CallOptions.Progress"/>.</summary>
public sealed record CommandProgress
{
    /// <summary>How much has been done, in a unit of the command's choice.</summary>
    public required double Value { get; init; }

    /// <summary>How much there is to do, in the same unit; null where the command does not know.</summary>
    public double? Total { get; init; }

    /// <summary>What is being done, in words; null where the command does not say.</summary>
    public string? Message { get; init; }

    /// <summary>How many reports of the command were left out since the last one, because that was still being told.</summary>
    public long Skipped { get; init; }
}
