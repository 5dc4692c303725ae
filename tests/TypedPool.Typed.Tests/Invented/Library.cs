using CsCheck;
using TypedPool.Testing;

namespace TypedPool.TypedTests.Invented;

/// <summary>What a Python may have beside its own library, and the kinds of types that come with it.</summary>
/// <param name="modules">What is imported of it.</param>
/// <param name="leaves">Its types without parts, with how often they are taken.</param>
/// <param name="compounds">Its types made of others that nest to a depth, likewise.</param>
internal sealed class Library(
    string[] modules, (int Of, IGen<InventedType> Make)[] leaves, Func<Gen<InventedType>, int, (int Of, IGen<InventedType> Make)[]> compounds)
{
    /// <summary>Nothing: what every Python has.</summary>
    public static Library None { get; } = new([], [], (_, _) => []);

    /// <summary>NumPy, with its arrays.</summary>
    public static Library NumPy { get; } = new(["numpy", "numpy.typing"], Arrays.All, (_, _) => []);

    /// <summary>The libraries that make classes of annotations.</summary>
    public static Library Models { get; } = new(["attrs", "pydantic", "pydantic.dataclasses", "pydantic_core"], [], ModelKinds.Beside);

    /// <summary>The lines that import it.</summary>
    public string Imports => string.Concat(modules.Select(module => $"import {module}\n"));

    /// <summary>Its types without parts, with how often they are taken.</summary>
    public (int Of, IGen<InventedType> Make)[] Leaves => leaves;

    /// <summary>Its types made of others that nest to a depth, with how often they are taken.</summary>
    public (int Of, IGen<InventedType> Make)[] Compounds(Gen<InventedType> inner, int depth) => compounds(inner, depth);

    /// <summary>The first Python that has it; skips the test where there is none.</summary>
    public async Task<Python> FindPythonAsync()
    {
        if (modules.Length == 0)
        {
            return Python.Default;
        }

        var python = await Python.FirstWithAsync(modules);
        Assert.SkipWhen(python is null, $"No Python 3.9 or later here has all of {string.Join(", ", modules)}.");
        return python!;
    }
}
