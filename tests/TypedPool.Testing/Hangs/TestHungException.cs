namespace TypedPool.Testing.Hangs;

/// <summary>A test ran longer than its limit.</summary>
internal sealed class TestHungException(string test, TimeSpan limit, string report)
    : Exception($"{test} was still running after {limit.TotalSeconds} s; its processes were killed. The stacks of both sides: {report}");
