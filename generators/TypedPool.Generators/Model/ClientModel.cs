namespace TypedPool.Generators.Model;

/// <summary>What all files of one schema share.</summary>
/// <param name="Namespace">The namespace, not escaped.</param>
/// <param name="Name">The class's name, not escaped.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c>.</param>
internal sealed record ClientModel(string Namespace, string Name, string Accessibility)
{
    public string FullName => $"{Namespace}.{Name}";
}
