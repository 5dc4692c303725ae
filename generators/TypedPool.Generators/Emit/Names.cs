namespace TypedPool.Generators.Emit;

/// <summary>Full names of what generated code uses: a user's types can shadow none of them.</summary>
internal static class Names
{
    public const string Runtime = "global::TypedPool.";
    public const string JsonRead = "global::TypedPool.Serialization.JsonRead";
    public const string JsonCheck = "global::TypedPool.Serialization.JsonCheck";
    public const string JsonWrite = "global::TypedPool.Serialization.JsonWrite";
    public const string JsonMembers = "global::TypedPool.Serialization.JsonMembers";
    public const string JsonUnion = "global::TypedPool.Serialization.JsonUnion";
    public const string TextForm = "global::TypedPool.Serialization.TextForm";
    public const string PythonCommand = "global::TypedPool.Serialization.PythonCommand";
    public const string HostFunction = "global::TypedPool.Serialization.HostFunction";
    public const string HostInterface = "global::TypedPool.Serialization.HostInterface";
    public const string DeclaredError = "global::TypedPool.Serialization.DeclaredError";
    public const string Optional = "global::TypedPool.Optional";
    public const string CallOptions = "global::TypedPool.CallOptions";
    public const string Invoker = "global::TypedPool.IPythonInvoker";
    public const string Task = "global::System.Threading.Tasks.Task";
    public const string AsyncEnumerable = "global::System.Collections.Generic.IAsyncEnumerable";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string Reader = "global::System.Text.Json.Utf8JsonReader";
    public const string Writer = "global::System.Text.Json.Utf8JsonWriter";
    public const string EncodedText = "global::System.Text.Json.JsonEncodedText";
    public const string TokenType = "global::System.Text.Json.JsonTokenType";
    public const string ThrowIfNull = "global::System.ArgumentNullException.ThrowIfNull";
    public const string ValueTuple = "global::System.ValueTuple";
    public const string NoArguments = ValueTuple;

    private static readonly string Version = typeof(Names).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>On the overload that a call with a bare null means.</summary>
    public const string PreferredOverload = "[global::System.Runtime.CompilerServices.OverloadResolutionPriority(1)]";

    public static string GeneratedCode { get; } =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"TypedPool.Generators\", \"{Version}\")]";
}
