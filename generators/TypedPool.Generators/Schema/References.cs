using System.Globalization;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;

namespace TypedPool.Generators.Schema;

/// <summary>Follows <c>$ref</c> within the document.</summary>
internal sealed class References(JsonNode root, SchemaDiagnostics diagnostics)
{
    private const int LongestChain = 32;

    /// <summary>The value a reference names, or null with a diagnostic.</summary>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    public JsonNode? Resolve(JsonNode reference)
    {
        if (!reference.Is(JsonKind.String, diagnostics))
        {
            return null;
        }

        var text = reference.Text;
        if (text.Length == 0 || text[0] != '#' || (text.Length > 1 && text[1] != '/'))
        {
            diagnostics.Report(Causes.ExternalReference, reference, text);
            return null;
        }

        var steps = Steps(text);
        if (Walk(root, steps) is { } found)
        {
            return found;
        }

        // Some exporters write references relative to the schema that encloses them.
        for (var outer = reference.Parent; outer is not null; outer = outer.Parent)
        {
            if (Walk(outer, steps) is { } inner)
            {
                return inner;
            }
        }

        diagnostics.Report(Causes.DanglingReference, reference, text, Proposal(steps));
        return null;
    }

    /// <summary>The value itself, or what it refers to where it is a Reference Object.</summary>
    public JsonNode? Follow(JsonNode node)
    {
        for (var i = 0; i < LongestChain; i++)
        {
            if (node.Kind != JsonKind.Object || node["$ref"] is not { } reference)
            {
                return node;
            }

            if (Resolve(reference) is not { } target)
            {
                return null;
            }

            node = target;
        }

        diagnostics.Report(Causes.DanglingReference, node, node["$ref"]?.Text ?? "", " (it refers to itself)");
        return null;
    }

    private static string[] Steps(string reference)
    {
        var steps = reference.Length == 1 ? [] : reference.Substring(2).Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i].IndexOf('%') < 0 ? steps[i] : Uri.UnescapeDataString(steps[i]);
            steps[i] = step.Replace("~1", "/").Replace("~0", "~");
        }

        return steps;
    }

    private static JsonNode? Walk(JsonNode from, string[] steps)
    {
        JsonNode? node = from;
        foreach (var step in steps)
        {
            node = node.Kind switch
            {
                JsonKind.Object => node[step],
                JsonKind.Array => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    && index < node.Items.Count ? node.Items[index] : null,
                _ => null,
            };

            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>The nearest name beside the one that is missing.</summary>
    private string Proposal(string[] steps)
    {
        if (Walk(root, [.. steps.Take(steps.Length - 1)]) is not { Kind: JsonKind.Object } parent)
        {
            return "";
        }

        var wanted = steps[steps.Length - 1];
        var near = Spelling.Nearest(wanted, parent.Members.Select(member => member.Name));
        return near is null ? "" : $" (did you mean \"{near}\"?)";
    }
}
