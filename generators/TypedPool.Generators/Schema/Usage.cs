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
    }

    private static void Visit(Shape? first, Func<DeclaredType, bool> isMarked, Action<DeclaredType> mark)
    {
        var open = new Stack<Shape?>();
        open.Push(first);
        while (open.Count > 0)
        {
            var shape = open.Pop();
            foreach (var part in shape?.Parts ?? [])
            {
                open.Push(part);
            }

            if (shape?.Declared is not { } type || isMarked(type))
            {
                continue;
            }

            mark(type);
            if (type is DeclaredRecord record)
            {
                open.Push(record.Others);
                foreach (var member in record.Members)
                {
                    open.Push(member.Shape);
                }
            }
        }
    }
}
