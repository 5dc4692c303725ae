namespace TypedPool.Benchmarks.Live;

/// <summary>What both sides hold in the middle of a stream.</summary>
/// <param name="Items">How many items had been read.</param>
/// <param name="HostHeapBytes">What lives on the host's managed heap, its garbage collected.</param>
/// <param name="WorkerResidentBytes">The memory of the worker's process that is in RAM.</param>
internal sealed record MemorySample(int Items, long HostHeapBytes, long WorkerResidentBytes);
