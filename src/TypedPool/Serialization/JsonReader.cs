using System.Text.Json;

namespace TypedPool.Serialization;

/// <summary>Reads one value. The reader stands on its first token, and is left standing on its last.</summary>
/// <remarks>
/// It runs on the thread that the bytes came in on, and within the time of its call: where it does not return in time, the
/// call ends with <see cref="CommandTimeoutException"/>, and its thread stays blocked. So it must wait for nothing.
/// </remarks>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="reader">Where to read.</param>
/// <returns>The value.</returns>
/// <exception cref="JsonMismatchException">The JSON holds something else.</exception>
public delegate T JsonReader<out T>(ref Utf8JsonReader reader);
