using System.Globalization;
using System.Text;
using Microsoft.Diagnostics.Runtime;

namespace TypedPool.Testing.Hangs;

/// <summary>
/// The async methods that wait at an await. They stand on no stack, but each has a box on the heap that holds its state
/// machine, and the box of the method that awaits it as its continuation.
/// </summary>
internal static class PendingAsyncMethods
{
    public static void Describe(ClrHeap heap, StringBuilder text)
    {
        var boxes = heap.EnumerateObjects()
            .Where(found => found.Type?.Name?.Contains("StateMachineBox<", StringComparison.Ordinal) == true)
            .Select(box => (box.Address, Box: box, State: StateOf(box)))
            .Where(found => found.State >= 0)
            .ToDictionary(found => found.Address);
        var awaiting = boxes.Values.ToDictionary(found => found.Address, found => ContinuationOf(found.Box));
        var innermost = boxes.Keys.Except(awaiting.Values);

        foreach (var start in innermost)
        {
            var indent = "    ";
            var seen = new HashSet<ulong>();
            for (var at = start; boxes.TryGetValue(at, out var found) && seen.Add(at); at = awaiting[at], indent += "  ")
            {
                var name = NameOf(found.Box);
                // Everything is awaited by the test framework in the end; which of its methods, tells nothing.
                if (name.StartsWith("Xunit.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Testing.", StringComparison.Ordinal))
                    break;
                text.AppendLine(CultureInfo.InvariantCulture, $"{indent}{name} (state {found.State})");
            }
        }
    }

    /// <summary>The number of the await at which the method waits; negative where it does not wait.</summary>
    private static int StateOf(ClrObject box)
    {
        var field = box.Type!.GetFieldByName("StateMachine");
        const string State = "<>1__state";
        return field switch
        {
            null => -1,
            // A struct in an optimised build, a class in a debug build.
            { IsValueType: true } => box.ReadValueTypeField("StateMachine") is { Type: { } type } machine
                && type.GetFieldByName(State) is not null ? machine.ReadField<int>(State) : -1,
            _ => box.ReadObjectField("StateMachine") is { IsNull: false, Type: { } type } machine
                && type.GetFieldByName(State) is not null ? machine.ReadField<int>(State) : -1,
        };
    }

    /// <summary>The continuation is the awaiting box itself, or a delegate whose target it is.</summary>
    private static ulong ContinuationOf(ClrObject box)
    {
        if (box.Type!.GetFieldByName("m_continuationObject") is null)
            return 0;
        var continuation = box.ReadObjectField("m_continuationObject");
        return continuation.Type?.GetFieldByName("_target") is null
            ? continuation.Address
            : continuation.ReadObjectField("_target").Address;
    }

    /// <summary>Turns <c>…StateMachineBox&lt;Space.Type+&lt;Method&gt;d__3&gt;</c> into <c>Space.Type.Method</c>.</summary>
    private static string NameOf(ClrObject box)
    {
        var name = box.Type!.Name!;
        var machine = name[(name.IndexOf("StateMachineBox<", StringComparison.Ordinal) + "StateMachineBox<".Length)..];
        var open = machine.IndexOf("+<", StringComparison.Ordinal);
        var close = open < 0 ? -1 : machine.IndexOf(">d", open, StringComparison.Ordinal);
        return close < 0 ? machine.TrimEnd('>') : $"{machine[..open]}.{machine[(open + 2)..close]}";
    }
}
