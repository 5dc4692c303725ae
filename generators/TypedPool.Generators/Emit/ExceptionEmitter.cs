using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the class of a declared exception.</summary>
internal static class ExceptionEmitter
{
    public static void Emit(EmitContext context, ExceptionPart part)
    {
        var code = context.Code;
        Documentation.Element(
            code, "summary", string.IsNullOrWhiteSpace(part.Description) ? $"Python raised {part.PythonType}." : part.Description!);
        code.Line(Names.GeneratedCode)
            .Open($"{context.Accessibility} sealed partial class {part.Name} : {Names.Runtime}PythonException")
            .Line("/// <summary>An exception raised in Python.</summary>")
            .Line("/// <param name=\"error\">What Python said of it.</param>")
            .Line($"public {part.Name}({Names.Runtime}PythonError error)")
            .Indented(() => code.Line(": base(error)"))
            .Line("{")
            .Line("}")
            .Close();
    }
}
