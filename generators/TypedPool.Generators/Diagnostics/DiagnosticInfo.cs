using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Collections;

namespace TypedPool.Generators.Diagnostics;

/// <summary>A diagnostic as plain data, so that the pipeline can compare it and hold no text alive.</summary>
/// <param name="Descriptor">The cause.</param>
/// <param name="Path">The file, or empty where no file is meant.</param>
/// <param name="Span">Where in the file.</param>
/// <param name="Lines">The same in lines and columns.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor, string Path, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo WithoutPlace(DiagnosticDescriptor descriptor, string path, params string[] arguments) =>
        new(descriptor, path, default, default, new EquatableArray<string>(arguments));

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptor,
        Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines),
        [.. Arguments]);
}
