using TypedPool.Generators.Model;

namespace TypedPool.Generators.Emit;

/// <summary>Documents a command in both its overloads.</summary>
internal static class CommandDocumentationEmitter
{
    public static void WithRequest(EmitContext context, CommandPart part)
    {
        Head(context, part);
        context.Code.Line("/// <param name=\"request\">The arguments.</param>");
        Tail(context, part, "options", "cancellationToken");
    }

    public static void Flat(EmitContext context, CommandPart part)
    {
        Head(context, part);
        foreach (var parameter in part.Parameters)
        {
            Documentation.Element(context.Code, "param", MemberEmitter.Describe(parameter), $"name=\"{parameter.Parameter}\"");
        }

        Tail(context, part, part.Options, part.Cancellation);
    }

    public static void Obsolete(CodeWriter code, CommandPart part)
    {
        if (part.Documentation.Deprecation is { } message)
        {
            code.Line($"[global::System.Obsolete({Literal.Of(message)})]");
        }
    }

    private static void Head(EmitContext context, CommandPart part)
    {
        var words = part.Documentation;
        var summary = string.IsNullOrWhiteSpace(words.Summary) ? words.Description : words.Summary;
        Documentation.Element(
            context.Code, "summary", string.IsNullOrWhiteSpace(summary) ? $"Runs the Python command \"{part.WireName}\"." : summary!);
        if (!string.IsNullOrWhiteSpace(words.Summary) && !string.IsNullOrWhiteSpace(words.Description))
        {
            Documentation.Element(context.Code, "remarks", words.Description!);
        }
    }

    private static void Tail(EmitContext context, CommandPart part, string options, string cancellation)
    {
        var code = context.Code
            .Line($"/// <param name=\"{options}\">What is particular to this call, or null.</param>")
            .Line($"/// <param name=\"{cancellation}\">Gives up the call.</param>");
        var hasWords = !string.IsNullOrWhiteSpace(part.Documentation.Result);
        Documentation.Element(
            code, "returns", hasWords ? part.Documentation.Result! : part.IsStreaming ? "The items, as Python yields them." : part.Result.IsNull ? "A task that ends with the command." : "The result.");
        foreach (var error in part.Errors)
        {
            Documentation.Element(
                code,
                "exception",
                string.IsNullOrWhiteSpace(error.Description) ? $"Python raised {error.PythonType}." : error.Description!,
                $"cref=\"{context.Global(error.Exception)}\"");
        }

        Obsolete(code, part);
    }
}
