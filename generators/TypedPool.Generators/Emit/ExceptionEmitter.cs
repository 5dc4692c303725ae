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
            .Line("}");
        if (part.Fields.Count > 0)
        {
            code.Line();
            MemberEmitter.Properties(context, part.Fields, isParameter: false);
        }

        code.Close();
        if (part.Fields.Count > 0)
        {
            Reader(context, part);
        }
    }

    private static void Reader(EmitContext context, ExceptionPart part)
    {
        var type = context.Global(part.Name);
        var code = context.Code
            .Line()
            .Open($"internal static partial class {context.Json}")
            .Open($"internal static {type} Read{part.Name}({Names.Runtime}PythonError error)")
            .Line($"var reader = {Names.JsonRead}.Fields(error);");
        RecordEmitter.ReadObject(context, new RecordPart(part.Name, null, part.Fields, null, true, false), $"new {type}(error)");
        code.Close().Close();
    }
}
