using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the class's contract.</summary>
internal static class ContractEmitter
{
    public static void Emit(EmitContext context, ContractPart part)
    {
        var code = context.Code
            .Open($"{context.Accessibility} sealed partial class {context.Client}")
            .Line("/// <summary>The contract of the schema that this was generated from.</summary>")
            .Line("public static global::TypedPool.PythonContract Contract { get; } = new(");
        code.Indented(() =>
        {
            code.Line(Literal.Of(part.Hash) + (part.Text is null ? ");" : ","));
            if (part.Text is not null)
            {
                code.Line(Literal.Of(part.Text) + ");");
            }
        });
        code.Close();
    }
}
