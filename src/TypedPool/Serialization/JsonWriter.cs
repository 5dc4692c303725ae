using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>Writes one value.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <param name="writer">Where to write.</param>
/// <param name="value">The value.</param>
/// <exception cref="JsonMismatchException">The value cannot travel as JSON.</exception>
public delegate void JsonWriter<in T>(Utf8JsonWriter writer, T value);
