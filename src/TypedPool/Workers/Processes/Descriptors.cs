using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TypedPool.Workers.Processes;

/// <summary>The system calls of Linux on descriptors that this library makes by itself.</summary>
internal static partial class Descriptors
{
    /// <summary>What a read or a write returns where it would have to wait.</summary>
    internal const int WouldBlock = -1;

    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int NonBlocking = 0x800;

    /// <summary>Where a process of the same user opens what a descriptor of this process is of.</summary>
    /// <param name="descriptor">The descriptor; it must be open when it is opened there.</param>
    /// <returns>A path of Linux.</returns>
    internal static string PathOf(SafeHandle descriptor) =>
        string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{descriptor.DangerousGetHandle()}");

    /// <summary>Has reads and writes return where they would have to wait.</summary>
    /// <param name="descriptor">The descriptor.</param>
    internal static void SetNonBlocking(SafeHandle descriptor) =>
        Checked(FcntlNative(descriptor, SetFlags, Checked(FcntlNative(descriptor, GetFlags, 0)) | NonBlocking));

    /// <summary>Reads what is there.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="buffer">Where to.</param>
    /// <returns>How many bytes; 0 at the end; <see cref="WouldBlock"/> where nothing is there yet.</returns>
    /// <exception cref="IOException">It cannot be read from.</exception>
    internal static int Read(SafeHandle descriptor, Span<byte> buffer)
    {
        while (true)
        {
            var count = ReadNative(descriptor, buffer, buffer.Length);
            if (count >= 0 || !IsInterrupted())
            {
                return (int)count;
            }
        }
    }

    /// <summary>Writes what there is room for.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="bytes">The bytes.</param>
    /// <returns>How many bytes; <see cref="WouldBlock"/> where there is no room.</returns>
    /// <exception cref="IOException">Nobody reads any more.</exception>
    internal static int Write(SafeHandle descriptor, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var count = WriteNative(descriptor, bytes, bytes.Length);
            if (count >= 0 || !IsInterrupted())
            {
                return (int)count;
            }
        }
    }

    /// <summary>The result of a call that does not fail.</summary>
    /// <param name="result">What it returned.</param>
    /// <returns>The same.</returns>
    /// <exception cref="IOException">It failed.</exception>
    internal static int Checked(int result) => result >= 0 ? result : throw Failure(Marshal.GetLastPInvokeError());

    /// <returns>True where the call is to be made again; false where it would have to wait.</returns>
    private static bool IsInterrupted() => Marshal.GetLastPInvokeError() switch
    {
        Interrupted => true,
        TryAgain => false,
        var error => throw Failure(error),
    };

    private static IOException Failure(int error) => new(new Win32Exception(error).Message);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReadNative(SafeHandle descriptor, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint WriteNative(SafeHandle descriptor, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FcntlNative(SafeHandle descriptor, int command, int argument);
}
