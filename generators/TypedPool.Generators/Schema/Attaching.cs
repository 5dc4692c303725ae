namespace TypedPool.Generators.Schema;

/// <summary>Marks the types and commands whose values may travel beside a message: what holds bytes, packed lists or arrays.</summary>
internal static class Attaching
{
    public static void Mark(Document document)
    {
        var holders = new Dictionary<DeclaredType, List<DeclaredType>>();
        var found = new Stack<DeclaredType>();
        foreach (var type in document.Types)
        {
            foreach (var shape in type.Shapes)
            {
                Note(shape, type, holders, found);
            }
        }

        while (found.Count > 0)
        {
            var type = found.Pop();
            if (type.Attaches)
            {
                continue;
            }

            type.Attaches = true;
            foreach (var holder in holders.TryGetValue(type, out var known) ? known : [])
            {
                found.Push(holder);
            }
        }

        foreach (var command in document.Commands)
        {
            command.Attaches = command.Parameters.Any(parameter => !parameter.IsStreaming && IsIn(parameter.Shape));
            command.ReadsAttachments = !command.IsStreaming && command.Result is { } result && IsIn(result);
        }
    }

    private static void Note(
        Shape shape, DeclaredType holder, Dictionary<DeclaredType, List<DeclaredType>> holders, Stack<DeclaredType> found)
    {
        shape = shape.Settled;
        if (shape.Scalar?.Attaches == true)
        {
            found.Push(holder);
        }

        if (shape.Declared is { } type)
        {
            if (!holders.TryGetValue(type, out var known))
            {
                holders.Add(type, known = []);
            }

            known.Add(holder);
        }

        foreach (var part in shape.Parts)
        {
            Note(part, holder, holders, found);
        }
    }

    private static bool IsIn(Shape shape) =>
        shape.Settled is var settled && (settled.Scalar?.Attaches == true || settled.Declared?.Attaches == true || settled.Parts.Any(IsIn));
}
