using Xunit.v3;

namespace TypedPool.Testing;

/// <summary>
/// Puts every test of the assembly under the hang watchdog and, unless switched off, under the check for leftovers:
/// <c>[assembly: SupervisedTests]</c>.
/// </summary>
/// <remarks>
/// Processes and descriptors belong to the whole process, so an assembly that checks for leftovers runs its tests one
/// by one: <c>[assembly: Parallelization(Mode = ParallelMode.None)]</c>. Its tests fail otherwise.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class SupervisedTestsAttribute : Attribute, ITestPipelineStartupAttribute
{
    /// <summary>Whether a test fails that leaves a process, a descriptor or a temporary file behind.</summary>
    /// <value>Default: true.</value>
    public bool CheckLeftovers { get; init; } = true;

    Type ITestPipelineStartupAttribute.TestPipelineStartupType =>
        CheckLeftovers ? typeof(Supervision.WithLeftovers) : typeof(Supervision.OfHangs);
}
