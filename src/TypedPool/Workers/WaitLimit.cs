using System.Runtime.InteropServices;

namespace TypedPool.Workers;

/// <summary>How long a call may wait in a worker for another one to end.</summary>
/// <param name="Limit">How long it could wait for a worker in all.</param>
/// <param name="Left">What is left of that.</param>
/// <param name="UntilDeadline">What is left until its deadline; infinite where it has none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WaitLimit(TimeLimit Limit, TimeSpan Left, TimeSpan UntilDeadline);
