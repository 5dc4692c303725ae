using System.Runtime.InteropServices;
using System.Text.Json;
using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Pool;

/// <summary>Makes the C# exception of one that a command raised.</summary>
internal static class RaisedErrors
{
    /// <summary>The exception for what a worker says was raised.</summary>
    /// <param name="error">The worker's error.</param>
    /// <param name="declared">The exceptions that the command declares.</param>
    /// <returns>Its generated exception where it is declared; one that tells so where its fields are not what is declared.</returns>
    internal static PythonPoolException From(WireError error, IReadOnlyList<DeclaredError> declared)
    {
        var raised = Read(error.Data, error.Type, error.Message) with
        {
            Code = error.Code,
            Fields = error.Data.ValueKind == JsonValueKind.Object && error.Data.TryGetProperty("fields"u8, out var fields) ? fields : default,
        };
        if (Find(declared, raised.Type) is { } known)
        {
            return Create(known, raised, error.Data);
        }

        // Python may have come to declare a class of its own that is derived from one that is known here.
        foreach (var name in Items(error.Data, "bases").Where(name => name.ValueKind == JsonValueKind.String))
        {
            if (Find(declared, name.GetString()!) is { } @base)
            {
                return Create(@base, raised with { Type = @base.Type, ActualType = raised.ActualType }, error.Data);
            }
        }

        return new PythonException(raised);
    }

    private static DeclaredError? Find(IReadOnlyList<DeclaredError> declared, string type)
    {
        for (var i = 0; i < declared.Count; i++)
        {
            if (string.Equals(declared[i].Type, type, StringComparison.Ordinal))
            {
                return declared[i];
            }
        }

        return null;
    }

    private static PythonPoolException Create(DeclaredError declared, PythonError raised, JsonElement data)
    {
        try
        {
            return declared.Create(raised);
        }
        catch (JsonMismatchException mismatch)
        {
            var (path, expected, found) = data.TryGetProperty("fieldsProblem"u8, out var problem) && problem.ValueKind == JsonValueKind.Object
                ? (Text(problem, "pointer"), Text(problem, "expected"), Text(problem, "found"))
                : (PathOf(raised.Fields, mismatch.Offset), mismatch.Expected, mismatch.Found);
            return new InvalidResultException(
                $"The command raised {raised.Type}, whose fields are not what it declares{(path.Length == 0 ? "" : " at " + path)}: "
                + $"expected {expected}, found {found}. What was raised is the inner exception.",
                new PythonException(raised))
            {
                Path = path,
            };
        }
    }

    private static string PathOf(JsonElement fields, long? offset) =>
        fields.ValueKind == JsonValueKind.Undefined || offset is null ? "" : JsonPointer.At(JsonMarshal.GetRawUtf8Value(fields), offset.Value);

    private static PythonError Read(JsonElement data) => Read(data, Text(data, "type"), Text(data, "message"));

    private static PythonError Read(JsonElement data, string type, string message) =>
        new(type, message, Text(data, "traceback"), [.. Items(data, "notes").Where(note => note.ValueKind == JsonValueKind.String).Select(note => note.GetString()!)], Code: 0)
        {
            ActualType = Text(data, "actualType") is { Length: > 0 } actual ? actual : type,
            Cause = Inner(data, "cause"),
            Context = Inner(data, "context"),
            Exceptions = [.. Items(data, "exceptions").Where(item => item.ValueKind == JsonValueKind.Object).Select(Read)],
            IsTruncated = data.ValueKind == JsonValueKind.Object && data.TryGetProperty("truncated"u8, out var flag) && flag.ValueKind == JsonValueKind.True,
        };

    private static PythonError? Inner(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object ? Read(inner) : null;

    private static JsonElement[] Items(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : [];

    private static string Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
