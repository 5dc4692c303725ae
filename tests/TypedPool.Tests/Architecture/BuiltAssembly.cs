using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace TypedPool.Tests.Architecture;

/// <summary>The types of a compiled assembly, and which of them names which: in signatures, attributes and bodies.</summary>
internal sealed class BuiltAssembly
{
    /// <summary>What the compiler and its polyfills put into an assembly.</summary>
    private static readonly string[] NotOurs = ["System", "Microsoft"];

    private readonly ArchUnitNET.Domain.Architecture _architecture;

    internal BuiltAssembly(System.Reflection.Assembly assembly) =>
        _architecture = new ArchLoader().LoadAssemblies(assembly).Build();

    internal ArchUnitNET.Domain.Architecture Architecture => _architecture;

    /// <summary>Its types by their full names; a nested one counts as the one around it.</summary>
    internal IReadOnlyCollection<string> Types => [.. OwnTypes.Select(Name).Distinct(StringComparer.Ordinal)];

    internal IEnumerable<Arrow> Arrows =>
        from type in OwnTypes
        from dependency in type.Dependencies
        select new Arrow(Name(type), Name(dependency.Target));

    private IEnumerable<IType> OwnTypes =>
        _architecture.Types.Where(type => !NotOurs.Contains(type.Namespace.FullName.Split('.')[0]));

    private static string Name(IType type) => type.FullName.Split('+')[0].Split('`')[0];
}
