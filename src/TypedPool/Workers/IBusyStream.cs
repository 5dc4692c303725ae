namespace TypedPool.Workers;

/// <summary>A stream that can be told that it is not worth while to sleep until there is more to read.</summary>
internal interface IBusyStream
{
    /// <summary>Whether more is about to come: then it is looked for again and again for a moment, before it is waited for.</summary>
    bool IsMoreExpected { get; set; }
}
