using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Emit;

/// <summary>Writes a command: its part of the interface and of the class, its request, descriptor and writer.</summary>
internal static class CommandEmitter
{
    public static void Emit(EmitContext context, CommandPart part)
    {
        var code = context.Code.Open($"{context.Accessibility} partial interface {context.Interface}");
        if (part.Request is not null)
        {
            CommandDocumentationEmitter.WithRequest(context, part);
            code.Line($"{ReturnType(context, part)} {part.Method}({RequestParameters(context, part)});").Line();
        }

        CommandDocumentationEmitter.Flat(context, part);
        PreferFlat(context, part);
        code.Line($"{ReturnType(context, part)} {part.Method}({FlatParameters(context, part)});").Close().Line();
        code.Open($"{context.Accessibility} sealed partial class {context.Client}");
        Descriptor(context, part);
        Methods(context, part);
        code.Close();
        if (part.Request is not null)
        {
            Request(context, part);
        }
    }

    private static string ReturnType(EmitContext context, CommandPart part) =>
        part.IsStreaming ? $"{Names.AsyncEnumerable}<{context.Type(part.Result, isParameter: false)}>"
        : part.Result.IsNull ? Names.Task : $"{Names.Task}<{context.Type(part.Result, isParameter: false)}>";

    private static string RequestType(EmitContext context, CommandPart part) =>
        part.Request is null ? Names.NoArguments : context.Global(part.Request);

    private static string Run(CommandPart part) => part.IsStreaming ? "StreamAsync" : "InvokeAsync";

    private static string DescriptorName(CommandPart part) => part.Method + "Command";

    private static void Descriptor(EmitContext context, CommandPart part)
    {
        var code = context.Code;
        var type = $"{Names.PythonCommand}<{RequestType(context, part)}, {context.Type(part.Result, isParameter: false)}>";
        var write = part.Request is null && part.IsByPosition
            ? "static (writer, _) => { writer.WriteStartArray(); writer.WriteEndArray(); }"
            : part.Request is null ? "static (writer, _) => { writer.WriteStartObject(); writer.WriteEndObject(); }"
            : context.JsonMember("Write" + part.Request);
        code.Line($"private static readonly {type} {DescriptorName(part)} = new(")
            .Indented(() => code
                .Line($"{Literal.Of(part.WireName)},")
                .Line($"{write},")
                .Line($"{ValueEmitter.Reader(context, part.Result)})"))
            .Open()
            .Line("ReadsPromptly = true,");
        if (part.IsIdempotent)
        {
            code.Line("IsIdempotent = true,");
        }

        if (part.Attaches)
        {
            code.Line("Attaches = true,");
        }

        if (part.ReadsAttachments)
        {
            code.Line("ReadsAttachments = true,");
        }

        if (part.Parameters.Any(parameter => parameter.Type.Kind == ValueKind.Stream))
        {
            code.Line("Streams = true,");
        }

        if (part.Errors.Count > 0)
        {
            code.Line($"Errors = new {Names.DeclaredError}[]").Open();
            foreach (var error in part.Errors)
            {
                var create = error.HasFields ? context.JsonMember("Read" + error.Exception) : "new " + context.Global(error.Exception);
                code.Line($"new({Literal.Of(error.PythonType)}, static error => {create}(error)),");
            }

            code.Close("},");
        }

        code.Close("};").Line();
    }

    private static void Methods(EmitContext context, CommandPart part)
    {
        var code = context.Code;
        if (part.Request is null)
        {
            Head(context, part, FlatParameters(context, part));
            code.Indented(() => code.Line(
                $"_invoker.{Run(part)}({DescriptorName(part)}, default, {Options(part.Options)}, {part.Cancellation});"));
            return;
        }

        Head(context, part, RequestParameters(context, part), arrow: "");
        code.Open()
            .Line($"{Names.ThrowIfNull}(request);")
            .Line($"return _invoker.{Run(part)}({DescriptorName(part)}, request, {Options("options")}, cancellationToken);")
            .Close()
            .Line();
        Head(context, part, FlatParameters(context, part), isPreferred: true);
        code.Indented(() =>
        {
            code.Line($"{part.Method}(").Indented(() =>
            {
                code.Line($"new {RequestType(context, part)}").Open();
                foreach (var parameter in part.Parameters)
                {
                    code.Line($"{Identifier.Escape(parameter.Property)} = {Identifier.Escape(parameter.Parameter)},");
                }

                code.Close("},").Line($"{part.Options},").Line($"{part.Cancellation});");
            });
        });
    }

    /// <summary>Without it <c>CountAsync(null)</c> could mean a null request as well as a null argument.</summary>
    private static void PreferFlat(EmitContext context, CommandPart part)
    {
        if (part.Request is not null)
        {
            context.Code.Line(Names.PreferredOverload);
        }
    }

    private static void Head(EmitContext context, CommandPart part, string parameters, string arrow = " =>", bool isPreferred = false)
    {
        context.Code.Line("/// <inheritdoc />");
        if (isPreferred)
        {
            PreferFlat(context, part);
        }

        CommandDocumentationEmitter.Obsolete(context.Code, part);
        context.Code.Line($"public {ReturnType(context, part)} {part.Method}({parameters}){arrow}");
    }

    private static string Options(string name) => $"{Names.CallOptions}.InSession({name}, _session)";

    private static string RequestParameters(EmitContext context, CommandPart part) =>
        $"{RequestType(context, part)} request, {OurParameters("options", "cancellationToken")}";

    private static string FlatParameters(EmitContext context, CommandPart part) => string.Join(", ", [
        .. part.Parameters.Where(parameter => parameter.Presence == Presence.Required).Select(parameter => Parameter(context, parameter)),
        .. part.Parameters.Where(parameter => parameter.Presence != Presence.Required).Select(parameter =>
            Parameter(context, parameter) + (parameter.Presence == Presence.Optional ? " = null" : " = default")),
        OurParameters(part.Options, part.Cancellation)]);

    private static string Parameter(EmitContext context, MemberModel parameter) =>
        $"{context.Member(parameter, isParameter: true)} {Identifier.Escape(parameter.Parameter)}";

    private static string OurParameters(string options, string cancellation) =>
        $"{Names.CallOptions}? {options} = null, {Names.CancellationToken} {cancellation} = default";

    private static void Request(EmitContext context, CommandPart part)
    {
        var code = context.Code.Line();
        Documentation.Element(code, "summary", $"The arguments of the command \"{part.WireName}\".");
        code.Line(Names.GeneratedCode).Open($"{context.Accessibility} sealed partial record {Identifier.Escape(part.Request!)}");
        MemberEmitter.Properties(context, part.Parameters, isParameter: true);
        code.Close()
            .Line()
            .Open($"internal static partial class {context.Json}")
            .Open($"internal static void Write{part.Request}({Names.Writer} writer, {RequestType(context, part)} value)");
        if (part.IsByPosition)
        {
            PositionEmitter.Write(context, part.Parameters);
            code.Close();
        }
        else
        {
            code.Line("writer.WriteStartObject();");
            MemberEmitter.Write(context, part.Request!, part.Parameters, isParameter: true);
            code.Line("writer.WriteEndObject();").Close();
            EncodedNames.Emit(context, part.Request!, part.Parameters);
        }

        code.Close();
    }
}
