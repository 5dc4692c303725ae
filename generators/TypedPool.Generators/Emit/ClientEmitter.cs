using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the interface and the class, but for their commands.</summary>
internal static class ClientEmitter
{
    public static void Emit(EmitContext context, ClientPart part)
    {
        var code = context.Code;
        var about = string.IsNullOrWhiteSpace(part.Title) ? "The Python commands." : $"The Python commands of {part.Title}.";
        Documentation.Element(code, "summary", about);
        if (!string.IsNullOrWhiteSpace(part.Description))
        {
            Documentation.Element(code, "remarks", part.Description!);
        }

        code.Line(Names.GeneratedCode)
            .Open($"{context.Accessibility} partial interface {context.Interface}")
            .Line("/// <summary>The same commands, each call in a session.</summary>")
            .Line("/// <param name=\"session\">An id that goes with each call into Python, logs and exceptions.</param>")
            .Line("/// <returns>The commands in the session.</returns>")
            .Line($"{context.Global(context.Interface)} InSession(string session);")
            .Close()
            .Line();
        Documentation.Element(code, "summary", about);
        code.Line(Names.GeneratedCode)
            .Open($"{context.Accessibility} sealed partial class {context.Client} : {context.Global(context.Interface)}");
        code.Line($"private readonly {Names.Invoker} _invoker;").Line("private readonly string? _session;").Line();
        Constructors(context, part);
        Start(code, part);
        code.Line("/// <inheritdoc />")
            .Open($"public {context.Global(context.Interface)} InSession(string session)")
            .Line($"{Names.ThrowIfNull}(session);")
            .Line($"return new {context.Global(context.Client)}(_invoker, session);")
            .Close()
            .Close()
            .Line();
        code.Line("/// <summary>Reads and writes the types of the commands.</summary>")
            .Line(Names.GeneratedCode)
            .Open($"internal static partial class {context.Json}")
            .Close();
    }

    private static void Constructors(EmitContext context, ClientPart part)
    {
        var code = context.Code
            .Line("/// <summary>The commands, run by a pool or by whatever stands for one.</summary>")
            .Line("/// <param name=\"invoker\">What runs them.</param>");
        if (part.HasContract)
        {
            code.Line("/// <exception cref=\"global::TypedPool.SchemaMismatchException\">The Python side has another contract.</exception>");
        }

        code.Line($"public {context.Client}({Names.Invoker} invoker)")
            .Open()
            .Line($"{Names.ThrowIfNull}(invoker);");
        if (part.HasContract)
        {
            code.Line("global::TypedPool.SchemaMismatchException.ThrowIfDifferent(Contract.Hash, invoker.Contract);");
        }

        code.Line("_invoker = invoker;")
            .Close()
            .Line()
            .Open($"private {context.Client}({Names.Invoker} invoker, string session)")
            .Line("_invoker = invoker;")
            .Line("_session = session;")
            .Close()
            .Line();
    }

    private static void Start(CodeWriter code, ClientPart part)
    {
        code.Line("/// <summary>Starts a pool for these commands.</summary>")
            .Line("/// <param name=\"options\">How the pool is made"
                + (!part.HasContract ? "." : "; without a contract of its own it takes the schema's.") + "</param>")
            .Line("/// <param name=\"cancellationToken\">Gives up the start.</param>")
            .Line("/// <returns>The pool, all its workers ready.</returns>")
            .Line($"public static {Names.Task}<global::TypedPool.PythonPool> StartAsync(")
            .Indented(() => code.Line($"global::TypedPool.PythonPoolOptions options, {Names.CancellationToken} cancellationToken = default)"))
            .Open()
            .Line($"{Names.ThrowIfNull}(options);");
        if (part.HasContract)
        {
            code.Line("options = options.Clone();").Line("options.Contract ??= Contract;");
        }

        code.Line("return global::TypedPool.PythonPool.StartAsync(options, cancellationToken);").Close().Line();
    }
}
