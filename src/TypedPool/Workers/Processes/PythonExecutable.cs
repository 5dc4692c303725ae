namespace TypedPool.Workers.Processes;

/// <summary>A Python that was found and asked.</summary>
/// <param name="Path">The interpreter itself, as it says: never a shim that stands before it.</param>
/// <param name="Version">Its version.</param>
internal sealed record PythonExecutable(string Path, Version Version);
