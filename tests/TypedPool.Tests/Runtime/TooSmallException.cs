namespace TypedPool.Tests.Runtime;

/// <summary>What a generator would make of a declared error.</summary>
internal sealed class TooSmallException(PythonError error) : PythonException(error);
