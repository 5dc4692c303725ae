using TypedPool.PackageTests;
using TypedPool.Testing;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: SupervisedTests]
[assembly: AssemblyFixture(typeof(PackedPackage))]
