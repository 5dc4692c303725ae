using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators.Emit;

/// <summary>Writes the interface of host functions, and the method that makes of an implementation what a pool takes.</summary>
internal static class HostEmitter
{
    public static void Emit(EmitContext context, HostPart part)
    {
        Interface(context, part);
        Factory(context, part);
    }

    private static void Interface(EmitContext context, HostPart part)
    {
        var code = context.Code;
        Document(code, part.Summary, part.Description, $"What the Python class {part.WireName} asks of its host.");
        code.Line(Names.GeneratedCode).Open($"{context.Accessibility} partial interface {Identifier.Escape(part.Interface)}");
        for (var i = 0; i < part.Functions.Count; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            Method(context, part.Functions[i]);
        }

        code.Close().Line();
    }

    private static void Method(EmitContext context, HostFunctionModel function)
    {
        var code = context.Code;
        Document(code, function.Documentation.Summary, function.Documentation.Description, $"The host function \"{function.WireName}\".");
        foreach (var parameter in function.Parameters)
        {
            Documentation.Element(code, "param", MemberEmitter.Describe(parameter), $"name=\"{parameter.Parameter}\"");
        }

        code.Line($"/// <param name=\"{function.Call}\">The call of a command that asks.</param>")
            .Line($"/// <param name=\"{function.Cancellation}\">Cancelled when that call is, when its time is up, or when it has ended.</param>");
        var words = function.Documentation.Result;
        Documentation.Element(
            code, "returns", !string.IsNullOrWhiteSpace(words) ? words! : function.Result.IsNull ? "A task that ends with the function." : "The result.");
        code.Line($"{ReturnType(context, function)} {function.Method}({Parameters(context, function)});");
    }

    private static void Document(CodeWriter code, string? summary, string? description, string otherwise)
    {
        var words = string.IsNullOrWhiteSpace(summary) ? description : summary;
        Documentation.Element(code, "summary", string.IsNullOrWhiteSpace(words) ? otherwise : words!);
        if (!string.IsNullOrWhiteSpace(summary) && !string.IsNullOrWhiteSpace(description))
        {
            Documentation.Element(code, "remarks", description!);
        }
    }

    private static string ReturnType(EmitContext context, HostFunctionModel function) =>
        function.Result.IsNull ? Names.Task : $"{Names.Task}<{context.Type(function.Result, isParameter: true)}>";

    private static string Parameters(EmitContext context, HostFunctionModel function) => string.Join(", ", [
        .. function.Parameters.Select(parameter => $"{context.Member(parameter, isParameter: false)} {Identifier.Escape(parameter.Parameter)}"),
        $"{Names.Runtime}HostCall {function.Call}",
        $"{Names.CancellationToken} {function.Cancellation}"]);

    private static void Factory(EmitContext context, HostPart part)
    {
        var type = context.Global(part.Interface);
        var code = context.Code
            .Open($"{context.Accessibility} sealed partial class {context.Client}")
            .Line($"/// <summary>Makes of the host functions of {part.WireName} what the options of a pool take: <see cref=\"{Names.Runtime}PythonPoolOptions.AddHost\"/>.</summary>")
            .Line("/// <param name=\"functions\">What implements them; called on any thread, several times at once.</param>")
            .Line("/// <returns>What to add to the options.</returns>")
            .Open($"public static {Names.Runtime}PythonHost Host({type} functions)")
            .Line($"{Names.ThrowIfNull}(functions);")
            .Line($"return new {Names.HostInterface}(");
        code.Indented(() =>
        {
            code.Line(Literal.Of(part.WireName) + (part.Functions.Count == 0 ? ");" : ","));
            for (var i = 0; i < part.Functions.Count; i++)
            {
                Function(context, part.Functions[i], i == part.Functions.Count - 1 ? ");" : ",");
            }
        });
        code.Close().Close();
    }

    private static void Function(EmitContext context, HostFunctionModel function, string end)
    {
        var code = context.Code;
        var arguments = function.Arguments is null ? Names.NoArguments : context.Global(function.Arguments);
        var reader = function.Arguments is null
            ? $"static (ref {Names.Reader} reader) => {{ reader.Skip(); return default; }}"
            : context.JsonMember("Read" + function.Arguments);
        var passed = string.Join(", ", [
            .. function.Parameters.Select(parameter => "arguments." + Identifier.Escape(parameter.Property)), "call", "cancellationToken"]);
        code.Line($"new {Names.HostFunction}<{arguments}, {(function.Result.IsNull ? "global::TypedPool.Serialization.NoResult" : context.Type(function.Result, isParameter: true))}>(")
            .Indented(() =>
            {
                code.Line(Literal.Of(function.WireName) + ",").Line(reader + ",");
                if (function.Result.IsNull)
                {
                    code.Line("async (arguments, call, cancellationToken) =>")
                        .Open()
                        .Line($"await functions.{function.Method}({passed}).ConfigureAwait(false);")
                        .Line("return default;")
                        .Close("},")
                        .Line("static (writer, _) => writer.WriteNullValue())" + end);
                    return;
                }

                code.Line($"(arguments, call, cancellationToken) => functions.{function.Method}({passed}),")
                    .Line(ValueEmitter.Writer(context, function.Result, isParameter: true, depth: 0) + ")" + end);
            });
    }
}
