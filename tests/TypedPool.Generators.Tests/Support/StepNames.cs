namespace TypedPool.Generators.Tests.Support;

internal static class StepNames
{
    public static readonly string[] All =
        [Steps.Schemas, Steps.Contents, Steps.Readings, Steps.Models, Steps.Collisions, Steps.Files, Steps.Diagnostics, Steps.Language, Steps.Coverage];
}
