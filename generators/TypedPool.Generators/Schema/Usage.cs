namespace TypedPool.Generators.Schema;

/// <summary>Marks which types commands send and which they return: only these need writers and readers.</summary>
internal static class Usage
{
    public static void Mark(Document document)
    {
        foreach (var command in document.Commands)
        {
            foreach (var parameter in command.Parameters)
            {
                Visit(parameter.Shape, type => type.IsWritten, type => type.IsWritten = true);
            }

            Visit(command.Result, type => type.IsRead, type => type.IsRead = true);
            foreach (var field in command.Errors.SelectMany(error => error.Fields?.Members ?? []))
            {
                Visit(field.Shape, type => type.IsRead, type => type.IsRead = true);
            }
        }

        foreach (var function in document.Hosts.SelectMany(host => host.Functions))
        {
            Visit(function.Arguments is null ? null : Shape.Of(function.Arguments), type => type.IsRead, type => type.IsRead = true);
            Visit(function.Result, type => type.IsWritten, type => type.IsWritten = true);
        }

        RemoveUnused(document);
    }

    /// <summary>A union that comes to something else leaves types behind that nothing names.</summary>
    private static void RemoveUnused(Document document)
    {
        var used = new HashSet<DeclaredType>(document.Types.Where(type => type.IsWritten || type.IsRead));
        foreach (var component in document.Components)
        {
            Visit(component, used.Contains, type => used.Add(type));
        }

        document.Types.RemoveAll(type => !used.Contains(type));
    }

    private static void Visit(Shape? first, Func<DeclaredType, bool> isMarked, Action<DeclaredType> mark)
    {
        var open = new Stack<Shape>();
        Push(first);
        while (open.Count > 0)
        {
            var shape = open.Pop();
            foreach (var part in shape.Parts)
            {
                Push(part);
            }

            if (shape.Declared is not { } type || isMarked(type))
            {
                continue;
            }

            mark(type);
            foreach (var held in type.Shapes)
            {
                Push(held);
            }
        }

        void Push(Shape? shape)
        {
            if (shape is not null)
            {
                open.Push(shape.Settled);
            }
        }
    }
}
