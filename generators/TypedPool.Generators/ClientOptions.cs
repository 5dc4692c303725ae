using Microsoft.CodeAnalysis;
using TypedPool.Generators.Diagnostics;
using TypedPool.Generators.Model;
using TypedPool.Generators.Naming;

namespace TypedPool.Generators;

/// <summary>Checks what the project says of a schema, and fills in what it leaves out.</summary>
internal static class ClientOptions
{
    private const string DefaultName = "PythonCommands";
    private const string DefaultNamespace = "Python";
    private const string Public = "public";

    public static ClientModel Read(SchemaOptions options, string path, ICollection<Finding> findings)
    {
        var fallback = options.RootNamespace.Length > 0 ? Identifier.Namespace(options.RootNamespace) : DefaultNamespace;
        return new ClientModel(
            Checked(options.Namespace, fallback, Identifier.IsValidNamespace(options.Namespace), Causes.InvalidNamespace),
            Checked(options.Name, DefaultName, Identifier.IsValid(options.Name), Causes.InvalidName),
            Checked(options.Accessibility, Public, options.Accessibility is Public or "internal", Causes.InvalidAccessibility));

        string Checked(string value, string instead, bool isValid, DiagnosticDescriptor cause)
        {
            if (value.Length > 0 && !isValid)
            {
                findings.Add(Finding.WithoutPlace(cause, path, value, instead));
            }

            return value.Length > 0 && isValid ? value : instead;
        }
    }
}
