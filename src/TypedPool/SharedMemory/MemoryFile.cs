using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TypedPool.SharedMemory;

/// <summary>The system calls of Linux for anonymous files in memory. They are gone with the last one who has them open.</summary>
internal static partial class MemoryFile
{
    private const uint CloseOnExec = 1;
    private const uint AllowSealing = 2;
    private const int AddSeals = 1033;

    /// <summary>No further seals, no less bytes, no more.</summary>
    private const int SealedSize = 1 | 2 | 4;

    private const int KeepSizePunchHole = 1 | 2;

    /// <summary>Makes a file of zeros, whose size nobody can change any more: whoever has it mapped can always read all of it.</summary>
    /// <param name="name">Its name, for a person who looks.</param>
    /// <param name="bytes">Its size. It occupies what is written to.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">There is none.</exception>
    internal static SafeFileHandle Create(string name, long bytes)
    {
        var file = new SafeFileHandle(Checked(CreateNative(name, CloseOnExec | AllowSealing)), ownsHandle: true);
        try
        {
            RandomAccess.SetLength(file, bytes);
            Checked(SealNative(file, AddSeals, SealedSize));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Frees the memory of a part of a file, whoever has it open. It is zeros from then on.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="bytes">How long it is.</param>
    internal static void Clear(SafeFileHandle file, long start, long bytes)
    {
        if (bytes > 0)
        {
            // Where it fails the memory is freed with the last one who has the file open.
            _ = ClearNative(file, KeepSizePunchHole, start, bytes);
        }
    }

    private static int Checked(int result) => result >= 0 ? result : throw new IOException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateNative(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SealNative(SafeHandle file, int command, int seals);

    [LibraryImport("libc", EntryPoint = "fallocate64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClearNative(SafeHandle file, int mode, long start, long bytes);
}
