using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>A file of the project that a schema may refer to; without a text it cannot be read.</summary>
internal sealed record OtherFile(string Path, string? Text);

/// <summary>The files that a schema refers to, each parsed when it is first asked for.</summary>
internal sealed class OtherFiles(IEnumerable<OtherFile> files, SchemaDiagnostics diagnostics, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, JsonNode?> _roots = new(StringComparer.Ordinal);
    private readonly Dictionary<JsonNode, string> _paths = [];

    /// <summary>Makes the schema itself known: other files may refer back to it.</summary>
    public void Add(string path, JsonNode root)
    {
        _roots[FilePath.Slashes(path)] = root;
        _paths[root] = path;
    }

    /// <summary>The content of the file that a reference names, or null where the project has no such file.</summary>
    public JsonNode? Find(JsonNode reference, string address)
    {
        if (!_paths.TryGetValue(reference.Root, out var from))
        {
            return null;
        }

        var path = FilePath.Resolve(from, address);
        if (!_roots.TryGetValue(path, out var root))
        {
            root = files.FirstOrDefault(file => string.Equals(FilePath.Slashes(file.Path), path, StringComparison.Ordinal)) is { } file
                ? Parse(file)
                : null;
            _roots[path] = root;
        }

        return root;
    }

    private JsonNode? Parse(OtherFile file)
    {
        if (file.Text is null)
        {
            return null;
        }

        var tree = JsonParser.Parse(file.Text, cancellationToken, FilePath.Name(file.Path));
        diagnostics.AddFile(tree.Root, file.Path);
        diagnostics.Report(tree.Problems, file.Path);
        if (tree.Root is not null)
        {
            _paths[tree.Root] = file.Path;
        }

        return tree.Root;
    }
}
