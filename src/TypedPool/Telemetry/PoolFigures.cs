using System.Runtime.InteropServices;

namespace TypedPool.Telemetry;

/// <summary>What a pool has at one moment.</summary>
/// <param name="Starting">Workers being started.</param>
/// <param name="Free">Workers without a call.</param>
/// <param name="Busy">Workers with a call.</param>
/// <param name="Leaving">Workers of no more use, and not gone yet.</param>
/// <param name="Suspect">Workers, free or busy, that have left a ping unanswered.</param>
/// <param name="Waiting">Callers that wait for a worker.</param>
/// <param name="Sessions">Sessions that go on.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PoolFigures(int Starting, int Free, int Busy, int Leaving, int Suspect, int Waiting, int Sessions);
