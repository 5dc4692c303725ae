namespace TypedPool.TypedTests.Invented;

/// <summary>Classes with fields as Python declares them.</summary>
internal static class RecordText
{
    public static string Class(string name, RecordStyle style, RecordField[] fields, string[] annotations, bool isRecursive, string? tag)
    {
        var lines = fields.Zip(annotations).Select(each => $"{each.First.Name}: {each.Second}{DefaultOf(each.First, style)}");
        lines = isRecursive ? [.. lines, $"more: list[{name}]{(style == RecordStyle.NamedTuple ? " = []" : Factory(style, "list"))}"] : lines;
        lines = tag is null ? lines : [.. lines, $"kind: typing.Literal['{tag}'] = '{tag}'"];
        var body = string.Concat(lines.Select(line => $"\n    {line}"));
        return style switch
        {
            RecordStyle.TypedDict => Dictionary(name, fields, annotations),
            RecordStyle.NamedTuple => $"class {name}(typing.NamedTuple):{body}",
            RecordStyle.FrozenDataclass => $"@dataclass(frozen=True)\nclass {name}:{body}",
            RecordStyle.Attrs => $"@attrs.define\nclass {name}:{body}",
            RecordStyle.FrozenAttrs => $"@attrs.frozen\nclass {name}:{body}",
            RecordStyle.Model => $"class {name}(pydantic.BaseModel):{body}",
            RecordStyle.FrozenModel => $"class {name}(pydantic.BaseModel, frozen=True):{body}",
            RecordStyle.ModelDataclass => $"@pydantic.dataclasses.dataclass\nclass {name}:{body}",
            _ => $"@dataclass\nclass {name}:{body}",
        };
    }

    /// <summary>Two classes, as all versions of Python have it: what must be there, and what need not.</summary>
    private static string Dictionary(string name, RecordField[] fields, string[] annotations)
    {
        return $"class {name}Base(typing.TypedDict):{Body(hasDefault: false)}\n\n\nclass {name}({name}Base, total=False):{Body(hasDefault: true)}";

        string Body(bool hasDefault) => string.Concat(fields.Zip(annotations)
            .Where(each => each.First.HasDefault == hasDefault)
            .Select(each => $"\n    {each.First.Name}: {each.Second}")
            .DefaultIfEmpty("\n    pass"));
    }

    /// <summary>A default that the schema states where it can; a mutable one of a dataclass has to be made anew each time.</summary>
    private static string DefaultOf(RecordField field, RecordStyle style)
    {
        if (!field.HasDefault || style == RecordStyle.TypedDict)
        {
            return "";
        }

        var text = field.Type.Python(field.Default);
        return style == RecordStyle.NamedTuple || field.Default is null || field.Type is { Children.Count: 0, IsNullable: false, IsHashable: true }
            ? $" = {text}"
            : Factory(style, $"lambda: {text}");
    }

    /// <summary>What makes the default of a field anew each time.</summary>
    private static string Factory(RecordStyle style, string make) => style switch
    {
        RecordStyle.Attrs or RecordStyle.FrozenAttrs => $" = attrs.field(factory={make})",
        RecordStyle.Model or RecordStyle.FrozenModel => $" = pydantic.Field(default_factory={make})",
        _ => $" = field(default_factory={make})",
    };
}
