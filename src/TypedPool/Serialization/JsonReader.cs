using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>Reads one value. The reader stands on its first token, and is left standing on its last.</summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="reader">Where to read.</param>
/// <returns>The value.</returns>
/// <exception cref="JsonMismatchException">The JSON holds something else.</exception>
public delegate T JsonReader<out T>(ref Utf8JsonReader reader);
