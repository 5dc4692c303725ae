using System.Text;

namespace TypedPool.Benchmarks.Generator;

/// <summary>A schema as the bridge would export it: each command with a record, an enum and a union of its own.</summary>
internal static class LargeSchema
{
    /// <summary>A document of about 1.2 kB a command.</summary>
    /// <param name="commands">How many.</param>
    internal static string Of(int commands)
    {
        var methods = new StringBuilder();
        var schemas = new StringBuilder();
        for (var i = 0; i < commands; i++)
        {
            var comma = i == 0 ? "" : ",";
            methods.Append(comma).Append(Method.Replace("%", $"{i}", StringComparison.Ordinal));
            schemas.Append(comma).Append(Types.Replace("%", $"{i}", StringComparison.Ordinal));
        }

        return $$"""
            {
              "openrpc": "1.3.2",
              "info": { "title": "large", "version": "1.0.0", "x-typedpool": { "contract": "sha256:0" } },
              "methods": [{{methods}}
              ],
              "components": { "schemas": {{{schemas}}
              } }
            }

            """;
    }

    private const string Method = """

            {
              "name": "classify_%", "summary": "Says what a text is about.", "description": "A second paragraph, somewhat longer than the first.",
              "paramStructure": "by-name",
              "params": [
                { "name": "text", "description": "The text.", "required": true, "schema": { "type": "string" } },
                { "name": "top_k", "required": false, "schema": { "type": "integer", "default": 3 } },
                { "name": "options", "required": false, "schema": { "anyOf": [ { "$ref": "#/components/schemas/Options%" }, { "type": "null" } ], "default": null } }
              ],
              "result": { "name": "result", "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Label%" } } }
            }
        """;

    private const string Types = """

            "Label%": {
              "type": "object", "description": "A label.",
              "properties": { "name": { "type": "string" }, "weight": { "type": "number" }, "kind": { "$ref": "#/components/schemas/Kind%" }, "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Label%" } } },
              "required": [ "name", "weight", "kind", "parts" ], "additionalProperties": false
            },
            "Kind%": { "type": "string", "enum": [ "good", "bad", "neither" ], "x-enumNames": [ "GOOD", "BAD", "NEITHER" ] },
            "Options%": {
              "type": "object", "properties": { "limit": { "anyOf": [ { "type": "integer" }, { "type": "string" } ] }, "since": { "type": "string", "format": "date-time" } },
              "required": [ "limit" ], "additionalProperties": false
            }
        """;
}
