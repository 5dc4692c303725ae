using System.Text;

namespace TypedPool.TypedTests.Invented;

/// <summary>The Python module of a batch of types, as it is written.</summary>
/// <param name="imports">The lines that import what it needs beside Python's own library and the bridge.</param>
internal sealed class PythonModule(string imports)
{
    private const string Head = """
        from __future__ import annotations

        import collections
        import datetime
        import decimal
        import enum
        import pathlib
        import typing
        import uuid
        from dataclasses import dataclass, field

        import typedpool
        from typedpool import command
        from typedpool.constraints import Ge, Gt, Le, Lt, MaxLen, MinLen

        """;

    private readonly StringBuilder _text = new((Head + imports + "\n\n").ReplaceLineEndings("\n"));
    private readonly Dictionary<InventedType, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<InventedType, string> _checks = new(ReferenceEqualityComparer.Instance);

    public string Text => _text.ToString();

    /// <summary>Adds lines at module level.</summary>
    public void Add(string lines) => _text.Append(lines.ReplaceLineEndings("\n")).Append("\n\n");

    /// <summary>A name for a class, and whether it still has to be declared.</summary>
    public bool IsNew(InventedType type, string prefix, out string name)
    {
        var isNew = !_names.TryGetValue(type, out name!);
        if (isNew)
        {
            _names[type] = name = $"{prefix}{_names.Count}";
        }

        return isNew;
    }

    /// <summary>The name that a class has been given.</summary>
    public string NameOf(InventedType type) => _names[type];

    /// <summary>The name of a function that checks values of a type.</summary>
    public string CheckOf(InventedType type)
    {
        if (!_checks.TryGetValue(type, out var name))
        {
            _checks[type] = name = $"check_{_checks.Count}";
            var check = type.Check(this);
            Add($"def {name}(v):\n    return {check}");
        }

        return name;
    }
}
