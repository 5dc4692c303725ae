using Microsoft.CodeAnalysis.Text;

namespace TypedPool.Generators.Json;

/// <summary>A member of a JSON object.</summary>
/// <param name="Name">Its decoded name.</param>
/// <param name="NameSpan">Where the name stands, quotes included.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsonMember(string Name, TextSpan NameSpan, JsonNode Value);
