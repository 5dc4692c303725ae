using System.Text.Json;

namespace TypedPool.Workers;

/// <summary>Holds the functions that a worker needs from its host against those that there are.</summary>
internal static class HostCheck
{
    /// <summary>Lets a worker pass, or says what it misses.</summary>
    /// <param name="initialized">Its answer to <c>$/initialize</c>.</param>
    /// <param name="hosts">What is implemented.</param>
    /// <exception cref="WorkerStartException">Something is not.</exception>
    internal static void Pass(JsonElement initialized, IReadOnlyList<PythonHost> hosts)
    {
        if (!initialized.TryGetProperty("hosts"u8, out var needed) || needed.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var need in needed.EnumerateObject())
        {
            var host = hosts.FirstOrDefault(each => string.Equals(each.Name, need.Name, StringComparison.Ordinal));
            List<string> functions = [.. need.Value.EnumerateArray().Select(function => function.GetString() ?? "")];
            if (host is null)
            {
                throw new WorkerStartException(
                    $"The commands need the host functions of {need.Name} ({string.Join(", ", functions)}), and nobody implements them. "
                    + $"Add an implementation of the generated interface to the options: options.AddHost(PythonCommands.Host(new {need.Name}())).");
            }

            if (functions.Except(host.FunctionNames, StringComparer.Ordinal).FirstOrDefault() is { } missing)
            {
                throw new WorkerStartException(
                    $"The commands need the host function {need.Name}.{missing}, and what implements {need.Name} does not have it. Export the schema again and rebuild.");
            }
        }
    }
}
