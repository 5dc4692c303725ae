using System.Text.Json;
using TypedPool.Testing;
using Xunit;

namespace TypedPool.Tests.Architecture;

/// <summary>The modules of the Python package, and which of them imports which, wherever in the file.</summary>
/// <param name="Modules">The modules by their names below the package; the package itself is <c>__init__</c>.</param>
/// <param name="Arrows">The imports.</param>
internal sealed record BuiltPackage(IReadOnlyCollection<string> Modules, IReadOnlyCollection<Arrow> Arrows)
{
    private const string ListImports =
        """
        import ast, json, pathlib, sys

        root = pathlib.Path(sys.argv[1])
        package = root.name

        def dotted(file):
            parts = list(file.relative_to(root).with_suffix("").parts)
            return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)

        files = {dotted(file): file for file in sorted(root.rglob("*.py"))}

        def known(name):
            "The module that holds `name`, which may be a module itself or something in one; None where it is foreign."
            if name == package:
                return "__init__"
            if not name.startswith(package + "."):
                return None
            name = name[len(package) + 1:]
            while name and name not in files:
                name = name.rpartition(".")[0]
            return name or "__init__"

        def named(node, module):
            if isinstance(node, ast.Import):
                return [alias.name for alias in node.names]
            if not isinstance(node, ast.ImportFrom):
                return []
            base = node.module or ""
            if node.level:
                is_package = files[module].name == "__init__.py"
                around = ([package] + ([] if module == "__init__" else module.split(".")))
                around = around[: len(around) - node.level + (1 if is_package else 0)]
                base = ".".join(around + ([base] if base else []))
            return [base + "." + alias.name for alias in node.names]

        imports = {
            module: sorted({known(name) for node in ast.walk(ast.parse(file.read_text("utf-8"))) for name in named(node, module)} - {None, module})
            for module, file in files.items()
        }
        print(json.dumps(imports))
        """;

    internal static async Task<BuiltPackage> ReadAsync(string folder)
    {
        var (exitCode, output) = await CommandLine.RunAsync(Python.Default.Path, ["-c", ListImports, folder]);
        Assert.True(exitCode == 0, output);
        var imports = JsonSerializer.Deserialize<Dictionary<string, string[]>>(output)!;
        return new BuiltPackage(imports.Keys, [.. imports.SelectMany(module => module.Value.Select(imported => new Arrow(module.Key, imported)))]);
    }

    /// <summary>A way round in a circle from module to module, or nothing.</summary>
    internal IReadOnlyList<string> Circle()
    {
        var imports = Arrows.ToLookup(arrow => arrow.From, arrow => arrow.To, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        return Modules.Select(module => From(module, [])).FirstOrDefault(circle => circle.Count > 0) ?? [];

        IReadOnlyList<string> From(string module, IReadOnlyList<string> way)
        {
            if (way.Contains(module))
                return [.. way.SkipWhile(each => each != module), module];
            if (done.Contains(module))
                return [];

            var circle = imports[module].Select(imported => From(imported, [.. way, module])).FirstOrDefault(found => found.Count > 0);
            done.Add(module);
            return circle ?? [];
        }
    }
}
