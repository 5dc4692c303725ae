using TypedPool.Generators.Collections;

namespace TypedPool.Generators.Model;

/// <summary>All that is generated from one schema file.</summary>
/// <param name="Path">The file; it tells two schemas of one name apart.</param>
/// <param name="Client">What its files share.</param>
/// <param name="Files">The files.</param>
/// <param name="Coverage">How much of it is typed.</param>
internal sealed record DocumentModel(string Path, ClientModel Client, EquatableArray<FileModel> Files, Coverage Coverage);

/// <summary>One generated file.</summary>
internal sealed record FileModel(string HintName, ClientModel Client, EquatableArray<Part> Parts);

/// <summary>How many parameters, results and members there are, and how many of them have a type.</summary>
internal sealed record Coverage(int Positions, int Typed);
