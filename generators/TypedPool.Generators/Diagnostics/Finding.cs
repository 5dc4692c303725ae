using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TypedPool.Generators.Collections;

namespace TypedPool.Generators.Diagnostics;

/// <summary>Something wrong with a schema. Its place is one of the compact text, which no white space moves.</summary>
/// <param name="Descriptor">The cause.</param>
/// <param name="Path">The file.</param>
/// <param name="Span">Where in the file's compact text; null where the whole of it is meant.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record Finding(DiagnosticDescriptor Descriptor, string Path, TextSpan? Span, EquatableArray<string> Arguments)
{
    public static Finding WithoutPlace(DiagnosticDescriptor descriptor, string path, params string[] arguments) =>
        new(descriptor, path, null, new EquatableArray<string>(arguments));

    /// <summary>The diagnostic, at its place in the file itself.</summary>
    public DiagnosticInfo At(TextSpan span, LinePositionSpan lines) => new(Descriptor, Path, span, lines, Arguments);
}
