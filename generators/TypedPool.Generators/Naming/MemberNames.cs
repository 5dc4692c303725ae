using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Schema;

namespace TypedPool.Generators.Naming;

/// <summary>The C# names of members, parameters and enum values.</summary>
internal static class MemberNames
{
    public static Dictionary<Member, string> Properties(IReadOnlyList<Member> members, string[] reserved, SchemaDiagnostics diagnostics)
    {
        var claims = members.Select(member => Claim(member, Identifier.Pascal(member.Name))).ToList();
        var names = NameTable.Assign(claims, reserved);
        foreach (var claim in claims)
        {
            DocumentNames.ReportRename(claim.Owner.Place, claim.Wishes[0], names[claim.Owner], diagnostics);
        }

        return names;
    }

    /// <summary>Parameters of the flat overload; where two collide, their properties did, and were reported.</summary>
    public static Dictionary<Member, string> Parameters(IReadOnlyList<Member> members) =>
        NameTable.Assign(members.Select(member => Claim(member, Identifier.Camel(member.Name))).ToList(), []);

    /// <summary>The methods of an interface of host functions.</summary>
    public static Dictionary<HostFunction, string> Methods(HostType host, string name, SchemaDiagnostics diagnostics)
    {
        var claims = host.Functions.Select(function =>
            new NameClaim<HostFunction>(function, 1, function.Name, Identifier.Pascal(function.Name) + "Async")).ToList();
        var names = NameTable.Assign(claims, [name]);
        foreach (var claim in claims)
        {
            DocumentNames.ReportRename(claim.Owner.Place, claim.Wishes[0], names[claim.Owner], diagnostics);
        }

        return names;
    }

    public static Dictionary<EnumValue, string> Values(DeclaredEnum type, string name, SchemaDiagnostics diagnostics)
    {
        var claims = type.Values.Select(value =>
        {
            var wish = Identifier.Pascal(value.Name);
            var place = $"{value.Name}\n{value.Text}\n{value.Number}\n{value.Place.Kind}";
            return new NameClaim<EnumValue>(value, Rank(value.Name, wish), place, wish, wish + "Value");
        }).ToList();
        var names = NameTable.Assign(claims, type.IsChoice ? [name, .. ReservedNames.OfChoices] : ReservedNames.OfEnums);
        foreach (var claim in claims)
        {
            DocumentNames.ReportRename(claim.Owner.Place, claim.Wishes[0], names[claim.Owner], diagnostics);
        }

        return names;
    }

    /// <summary>Our parameters move aside where the user has one of the same name.</summary>
    public static string Beside(IEnumerable<string> names, string wish, string instead)
    {
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        var name = taken.Contains(wish) ? instead : wish;
        while (taken.Contains(name))
        {
            name += "_";
        }

        return name;
    }

    private static NameClaim<Member> Claim(Member member, string name) =>
        new(member, Rank(member.Name, name), member.Name, name, name + "Value");

    /// <summary>Whose name needs no change comes first.</summary>
    private static int Rank(string original, string name) => string.Equals(original, name, StringComparison.Ordinal) ? 0 : 1;
}
