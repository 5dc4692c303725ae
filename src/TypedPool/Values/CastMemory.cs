using System.Buffers;
using System.Runtime.InteropServices;

namespace TypedPool;

/// <summary>The same memory, as elements of another type.</summary>
/// <typeparam name="TFrom">What it was.</typeparam>
/// <typeparam name="TTo">What it is taken for.</typeparam>
/// <param name="memory">The memory.</param>
internal sealed class CastMemory<TFrom, TTo>(Memory<TFrom> memory) : MemoryManager<TTo>
    where TFrom : unmanaged
    where TTo : unmanaged
{
    /// <inheritdoc />
    public override Span<TTo> GetSpan() => MemoryMarshal.Cast<TFrom, TTo>(memory.Span);

    /// <inheritdoc />
    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = memory.Pin();
        return new MemoryHandle((TTo*)handle.Pointer + elementIndex, pinnable: new Pinned(handle));
    }

    /// <inheritdoc />
    public override void Unpin()
    {
        // Each handle releases its own pin.
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        // The memory belongs to somebody else.
    }

    private sealed class Pinned(MemoryHandle handle) : IPinnable
    {
        private MemoryHandle _handle = handle;

        public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException();

        public void Unpin() => _handle.Dispose();
    }
}
