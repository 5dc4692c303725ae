using CsCheck;

namespace TypedPool.TypedTests.Invented;

/// <summary>
/// A type of which both sides are known. Its values are <em>plain</em>: what tells them apart and no more, in whatever
/// form is handy for the kind; a C# value is made of one, and made into one, by the C# type that was generated.
/// </summary>
internal abstract class InventedType
{
    /// <summary>The types directly inside this one.</summary>
    public virtual IReadOnlyList<InventedType> Children => [];

    /// <summary>Whether null is a value.</summary>
    public virtual bool IsNullable { get; init; }

    /// <summary>Whether Python can hash its values, so that a set may hold them.</summary>
    public virtual bool IsHashable => false;

    /// <summary>Random plain values, edges of the domain among them.</summary>
    public abstract Gen<object?> Values { get; }

    /// <summary>Values just outside the domain; empty where there are none or the C# type cannot hold them.</summary>
    public virtual IReadOnlyList<Outsider> Outsiders => [];

    /// <summary>The annotation in Python; classes that it needs are declared in the module first.</summary>
    public abstract string Annotate(PythonModule module);

    /// <summary>A Python expression, true where <c>v</c> is exactly such a value and not something like it.</summary>
    public abstract string Check(PythonModule module);

    /// <summary>A plain value as a Python expression. Values are equal where their expressions are.</summary>
    public abstract string Python(object? plain);

    /// <summary>A plain value as the C# type that was generated.</summary>
    public abstract object? ToCSharp(object? plain, Type target);

    /// <summary>A C# value that was generated as a plain one.</summary>
    public abstract object? ToPlain(object? value);

    /// <summary>A plain value as the name of a member; null where a map cannot have such keys.</summary>
    public virtual string? NameOf(object? plain) => null;

    /// <summary>The parts of a plain value, each with the way back: the value with that part replaced.</summary>
    public virtual IEnumerable<Part> Parts(object? plain) => [];

    /// <summary>Whether a library makes such a value in Python, and refuses there what is none.</summary>
    public virtual bool IsMadeByLibrary => false;

    /// <summary>A Python expression for the same value in another form in which it may be returned, where there is one.</summary>
    /// <param name="value">The value's own expression.</param>
    public virtual string Returned(string value) => value;

    /// <summary>A value as Python or C# would hold it, an outsider included.</summary>
    public string PythonOf(object? plain) => plain is Outsider outsider ? outsider.Python! : Python(plain);

    /// <summary>A value as C# would hold it, an outsider included.</summary>
    public object? CSharpOf(object? plain, Type target) => 
        plain is Outsider outsider ? outsider.CSharp!(Nullable.GetUnderlyingType(target) ?? target) : ToCSharp(plain, target);

    public override string ToString() => GetType().Name;
}

/// <summary>A value that no call may carry, on one side or on both.</summary>
/// <param name="Python">A Python expression for it, or null.</param>
/// <param name="CSharp">Makes it for a C# type, or null.</param>
internal sealed record Outsider(string? Python, Func<Type, object?>? CSharp)
{
    /// <summary>Whether a library that makes values takes it and writes it, so that C# has to refuse it.</summary>
    public bool IsTaken { get; init; }
}

/// <summary>A part of a value.</summary>
/// <param name="Token">Its step of a JSON pointer.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its plain value.</param>
/// <param name="Replace">The whole with another part in its place.</param>
internal sealed record Part(string Token, InventedType Type, object? Value, Func<object?, object?> Replace);
