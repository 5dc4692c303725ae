using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TypedPool.Workers.Processes;

/// <summary>The kernel's list of descriptors that are waited for.</summary>
internal sealed partial class Epoll : IDisposable
{
    /// <summary>There is something to read.</summary>
    internal const uint Readable = 0x1;

    /// <summary>There is room to write to.</summary>
    internal const uint Writable = 0x4;

    private const uint Once = 1u << 30;
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const int Interrupted = 4;

    /// <summary>The kernel packs an event on this architecture, as it did when there was only its 32-bit ancestor, and on no other.</summary>
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private static readonly int EventBytes = DataOffset + sizeof(long);

    private readonly SafeFileHandle _handle = new(Descriptors.Checked(CreateNative(CloseOnExec)), ownsHandle: true);

    /// <summary>Room for so many events.</summary>
    /// <param name="count">How many.</param>
    /// <returns>To be given to <see cref="Wait"/>.</returns>
    internal static byte[] Room(int count) => new byte[count * EventBytes];

    /// <summary>Whose event it is.</summary>
    /// <param name="events">What <see cref="Wait"/> filled.</param>
    /// <param name="index">Which of them.</param>
    /// <returns>The key.</returns>
    internal static long KeyAt(ReadOnlySpan<byte> events, int index) =>
        BitConverter.ToInt64(events[((index * EventBytes) + DataOffset)..]);

    /// <summary>Waits for one event of a descriptor: the next call waits for the next one.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="isKnown">Whether it has been waited for before.</param>
    /// <param name="what">For what; its end and its failure are always waited for.</param>
    /// <param name="key">What <see cref="Wait"/> is to tell it by.</param>
    internal void Arm(SafeHandle descriptor, bool isKnown, uint what, long key)
    {
        Span<byte> armed = stackalloc byte[EventBytes];
        BitConverter.TryWriteBytes(armed, what | Once);
        BitConverter.TryWriteBytes(armed[DataOffset..], key);
        Descriptors.Checked(ControlNative(_handle, isKnown ? Modify : Add, descriptor, armed));
    }

    /// <summary>Waits for a descriptor no more.</summary>
    /// <param name="descriptor">A descriptor that has been waited for.</param>
    internal void Remove(SafeHandle descriptor) => Descriptors.Checked(ControlNative(_handle, Delete, descriptor, default));

    /// <summary>Waits for whatever comes first.</summary>
    /// <param name="events">Room for what comes.</param>
    /// <param name="milliseconds">How long; negative for ever.</param>
    /// <returns>How many events came.</returns>
    internal int Wait(Span<byte> events, int milliseconds)
    {
        var count = WaitNative(_handle, events, events.Length / EventBytes, milliseconds);
        return count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : Descriptors.Checked(count);
    }

    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateNative(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlNative(SafeHandle epoll, int operation, SafeHandle descriptor, Span<byte> armed);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitNative(SafeHandle epoll, Span<byte> events, int count, int milliseconds);
}
