using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedPool.Generators;

/// <summary>What the project says of a schema, as it stands there; empty where it says nothing.</summary>
internal sealed record SchemaOptions(string Namespace, string Name, string Accessibility, string RootNamespace)
{
    private const string ItemType = "TypedPoolSchema";

    /// <summary>The options of a file, or null where it is no schema of ours.</summary>
    public static SchemaOptions? Of(AdditionalText file, AnalyzerConfigOptionsProvider provider)
    {
        var options = provider.GetOptions(file);
        return Value(options, "build_metadata.AdditionalFiles.SourceItemType") is ItemType
            ? new SchemaOptions(
                Value(options, "build_metadata.AdditionalFiles.TypedPoolNamespace"),
                Value(options, "build_metadata.AdditionalFiles.TypedPoolName"),
                Value(options, "build_metadata.AdditionalFiles.TypedPoolAccessibility"),
                Value(provider.GlobalOptions, "build_property.RootNamespace"))
            : null;
    }

    private static string Value(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out var value) ? value.Trim() : "";
}
