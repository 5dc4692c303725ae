namespace TypedPool.Generators;

/// <summary>The names of the pipeline's steps, by which tests follow what runs again.</summary>
internal static class Steps
{
    /// <summary>The additional files that are schemas, with their options and the files that they refer to.</summary>
    public const string Schemas = nameof(Schemas);

    /// <summary>What stands in these files, without white space.</summary>
    public const string Contents = nameof(Contents);

    /// <summary>Each schema read: model and findings.</summary>
    public const string Readings = nameof(Readings);

    /// <summary>The model alone, which knows no positions.</summary>
    public const string Models = nameof(Models);

    /// <summary>Schemas that would generate a class that another generates.</summary>
    public const string Collisions = nameof(Collisions);

    /// <summary>The model of each file to emit.</summary>
    public const string Files = nameof(Files);

    /// <summary>What is wrong with the schemas, at its place.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>Whether the language is recent enough.</summary>
    public const string Language = nameof(Language);

    /// <summary>How much of all schemas is typed.</summary>
    public const string Coverage = nameof(Coverage);
}
