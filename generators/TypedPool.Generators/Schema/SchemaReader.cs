using Microsoft.CodeAnalysis;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Json;
using TypedPool.Generators.Types;

namespace TypedPool.Generators.Schema;

/// <summary>
/// Says what a JSON Schema comes to in C#. Each schema is read once; objects are noted when they are met and their
/// members read afterwards, so that recursive types end and deep ones cost no stack.
/// </summary>
internal sealed class SchemaReader
{
    /// <summary>How deep lists of lists may go: stack space here, and readable C#.</summary>
    private const int MaxNesting = 40;

    private const string TooDeep = "nested in more than 40 schemas without an object in between";

    private static readonly string[] Structures =
        ["not", "if", "then", "else", "$dynamicRef", "$recursiveRef", "contains", "dependentSchemas"];

    private readonly SchemaDiagnostics _diagnostics;
    private readonly EnumReader _enums;
    private readonly ObjectReader _objects;
    private readonly ArrayReader _arrays;
    private readonly CombinationReader _combinations;
    private readonly Dictionary<JsonNode, Shape> _read = [];
    private readonly HashSet<JsonNode> _reading = [];
    private readonly Queue<DeclaredType> _unread = new();

    public SchemaReader(Document document, References references, SchemaDiagnostics diagnostics)
    {
        _diagnostics = diagnostics;
        Document = document;
        _enums = new EnumReader(diagnostics);
        _objects = new ObjectReader(this, new ObjectParts(diagnostics), diagnostics);
        _arrays = new ArrayReader(this, diagnostics);
        _combinations = new CombinationReader(this, _objects, references, diagnostics);
    }

    public Document Document { get; }

    /// <summary>Reads a schema, but not yet the members of new objects: see <see cref="ReadMembers"/>.</summary>
    public Shape Read(JsonNode schema)
    {
        if (_read.TryGetValue(schema, out var known))
        {
            return known;
        }

        if (_reading.Count > MaxNesting)
        {
            return Untyped(schema, TooDeep);
        }

        if (!_reading.Add(schema))
        {
            return Untyped(schema, "a type that contains nothing but itself");
        }

        var shape = schema.Kind switch
        {
            JsonKind.Object => ReadObject(schema),
            JsonKind.True => Shape.Element,
            JsonKind.False => Untyped(schema, "a schema that no value fits"),
            _ => WrongKind(schema),
        };

        if (schema["nullable"]?.Kind == JsonKind.True)
        {
            shape = shape.OrNull();
        }

        _reading.Remove(schema);
        return _read[schema] = shape;
    }

    /// <summary>Reads the members of all objects and the branches of all unions that were met, and of those met while doing so.</summary>
    public void ReadMembers(CancellationToken cancellationToken)
    {
        while (_unread.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (_unread.Dequeue())
            {
                case DeclaredRecord record:
                    record.Members = _objects.ReadMembers(record);
                    break;
                case DeclaredUnion union:
                    union.ReadBranches();
                    break;
            }
        }

        new UnionSettler(this).Settle([.. Document.Types.OfType<DeclaredUnion>()]);
    }

    /// <summary>Makes a member, and counts it.</summary>
    public Member Position(JsonNode place, string name, JsonNode schema, bool isRequired, string? description)
    {
        var shape = Count(Read(schema) is { IsNull: true } ? Untyped(schema, "always null") : Read(schema));
        return new Member(
            place,
            name,
            shape,
            isRequired,
            schema["default"],
            description ?? schema.OptionalString("description", _diagnostics),
            schema["deprecated"]?.Kind == JsonKind.True || place["deprecated"]?.Kind == JsonKind.True);
    }

    public Shape Count(Shape shape)
    {
        Document.Positions.Add(shape);
        return shape;
    }

    public Shape Untyped(JsonNode schema, string because, DiagnosticDescriptor? cause = null)
    {
        _diagnostics.Report(cause ?? Causes.Untyped, schema, because);
        return Shape.Element;
    }

    /// <summary>Tells what of a schema its type does not say.</summary>
    public void Note(JsonNode schema, string what) => _diagnostics.Report(Causes.NotRepresented, schema, what);

    /// <summary>Has the members of an object read that is no type of the document.</summary>
    public void ReadLater(DeclaredRecord record) => _unread.Enqueue(record);

    public Shape Declare(DeclaredType type)
    {
        var described = type is DeclaredRecord { Branches: { Count: > 0 } branches } ? branches[branches.Count - 1] : type.Place;
        type.Description = described.OptionalString("description", _diagnostics);
        Document.Types.Add(type);
        _unread.Enqueue(type);
        return Shape.Of(type);
    }

    private Shape ReadObject(JsonNode schema)
    {
        if (schema.Find("$ref") is { } reference)
        {
            return _combinations.ReadReference(schema, reference);
        }

        if (schema["const"] is { } constant)
        {
            return _enums.Read(this, schema, [constant], constant);
        }

        if (schema.Find("enum") is { } values)
        {
            return values.Value.Is(JsonKind.Array, _diagnostics)
                ? _enums.Read(this, schema, values.Value.Items, values.Value)
                : Shape.Element;
        }

        foreach (var keyword in ObjectParts.Alternatives)
        {
            if (schema.Find(keyword) is not { } alternatives)
            {
                continue;
            }

            if (!ObjectParts.OnlyConstrains(alternatives.Value))
            {
                return alternatives.Value.Is(JsonKind.Array, _diagnostics) ? ReadAlternatives(schema, keyword, alternatives.Value) : Shape.Element;
            }

            _diagnostics.Report(Causes.NotRepresented, alternatives.Value, alternatives.NameSpan, $"\"{keyword}\" is left to Python");
        }

        if (schema["allOf"] is { } all && !ObjectParts.OnlyConstrains(all))
        {
            return all.Is(JsonKind.Array, _diagnostics) ? _combinations.ReadAllOf(schema, all) : Shape.Element;
        }

        return ReadByType(schema);
    }

    private Shape ReadAlternatives(JsonNode schema, string keyword, JsonNode branches)
    {
        var real = branches.Items.Where(branch => !IsNull(branch)).ToList();
        if (real.Count == 0 && branches.Items.Count > 0)
        {
            return Shape.Null;
        }

        if (real.Count == 0)
        {
            return Untyped(schema, $"\"{keyword}\" of no schemas");
        }

        if (ObjectParts.IsExtended(schema, keyword) && _combinations.TryReadJoined(schema) is { } joined)
        {
            return real.Count < branches.Items.Count && schema["type"] is null ? joined.OrNull() : joined;
        }

        if (schema["properties"] is not null)
        {
            return Untyped(schema, $"an object that \"{keyword}\" extends by what is no plain object", Causes.NotJoined);
        }

        var shape = real.Count == 1 ? Read(real[0]) : Declare(new DeclaredUnion(schema, real.ConvertAll(branch => (Func<Shape>)(() => ReadItem(branch)))));
        return real.Count < branches.Items.Count ? shape.OrNull() : shape;
    }

    /// <summary>Reads a schema that refers to no other: by its type, or by what it says of one.</summary>
    public Shape ReadByType(JsonNode schema)
    {
        var types = TypeWords(schema);
        var real = types.Where(word => !string.Equals(word, "null", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        if (real.Count > 1)
        {
            var union = Declare(new DeclaredUnion(schema, real.ConvertAll(word => (Func<Shape>)(() => ReadWord(schema, word)))));
            return real.Count < types.Count ? union.OrNull() : union;
        }

        if (real.Count == 0 && types.Count > 0)
        {
            return Shape.Null;
        }

        var shape = ReadWord(schema, real.Count == 0 ? Inferred(schema) : real[0]);
        return real.Count < types.Count ? shape.OrNull() : shape;
    }

    private Shape ReadWord(JsonNode schema, string word) =>
        ConstraintReader.Apply(schema, word switch
        {
            "integer" when schema["x-flags"] is { } bits => _enums.ReadFlags(this, schema, bits),
            "array" => _arrays.Read(schema),
            "object" when schema["x-ndarray"] is { } array => _arrays.ReadNdArray(schema, array),
            "object" => _objects.Read(schema),
            "string" when schema["contentEncoding"] is { Kind: JsonKind.String, Text: "base64" } => Shape.Of(Scalars.Bytes),
            "" => Structures.FirstOrDefault(word => schema[word] is not null) is { } structure
                ? Untyped(schema, $"described by \"{structure}\" alone")
                : Shape.Element,
            _ when Scalars.Find(word, schema.OptionalString("format", _diagnostics)) is { } scalar => Shape.Of(scalar),
            _ => Untyped(schema, $"of the unknown type \"{word}\""),
        });

    private List<string> TypeWords(JsonNode schema)
    {
        var words = new List<string>();
        if (schema["type"] is { Kind: JsonKind.Array } types)
        {
            words.AddRange(types.Items.Where(item => item.Is(JsonKind.String, _diagnostics)).Select(item => item.Text));
        }
        else if (schema.OptionalString("type", _diagnostics) is { } type)
        {
            words.Add(type);
        }

        return words;
    }

    /// <summary>Reads what a list or a map holds: a value of null alone has no C# type there, and references may nest without end.</summary>
    public Shape ReadItem(JsonNode schema)
    {
        var item = Read(schema);
        return item.IsNull ? Untyped(schema, "always null")
            : item.Depth >= MaxNesting ? Untyped(schema, TooDeep)
            : item;
    }

    private Shape WrongKind(JsonNode schema)
    {
        _diagnostics.Report(Causes.WrongKind, schema, "a schema (an object, true or false)", NodeReading.Words(schema.Kind));
        return Shape.Element;
    }

    private static string Inferred(JsonNode schema) =>
        (schema["properties"] ?? schema["additionalProperties"] ?? schema["patternProperties"]) is not null ? "object"
        : (schema["items"] ?? schema["prefixItems"]) is not null ? "array"
        : "";

    /// <summary>Whether null is all that a schema takes.</summary>
    public static bool IsNull(JsonNode branch) => branch.Kind == JsonKind.Object
        && branch["$ref"] is null
        && (branch["type"] is { Kind: JsonKind.String, Text: "null" }
            || branch["type"] is { Kind: JsonKind.Array, Items: [{ Kind: JsonKind.String, Text: "null" }] }
            || branch["const"]?.Kind == JsonKind.Null
            || branch["enum"] is { Kind: JsonKind.Array, Items: [{ Kind: JsonKind.Null }] });
}
