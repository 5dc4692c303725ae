using System.Globalization;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using TypedPool.Benchmarks.Contenders;
using TypedPool.Benchmarks.Peers;
using TypedPool.SharedMemory;
using TypedPool.Workers.Processes;

namespace TypedPool.Benchmarks.Large;

/// <summary>
/// The limit of shared memory: both sides have it mapped from the start. The host copies bytes in, a Python process copies them out and in
/// again, and the host copies them out. A byte through a pipe tells the other side that it is its turn.
/// </summary>
/// <param name="message">The bytes.</param>
/// <param name="isNew">Whether both sides copy out into new memory, as a call has to; else into memory that they have from the start.</param>
internal sealed class MemoryEcho(byte[] message, bool isNew) : IContender
{
    private byte[] _received = new byte[message.Length];
    private readonly byte[] _turn = new byte[1];
    private SafeFileHandle? _file;
    private MemoryMappedFile? _mapped;
    private MemoryMappedViewAccessor? _view;
    private PythonScript? _script;

    public string Name => isNew ? "through memory, into new memory" : "through memory";

    public async Task StartAsync()
    {
        var python = await new PythonFinder(new PythonPoolOptions(), Environment.GetEnvironmentVariable).FindAsync(CancellationToken.None);
        _file = MemoryFile.Create("raw", 2L * message.Length);
        _mapped = MemoryMappedFile.CreateFromFile(_file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapped.CreateViewAccessor(0, 2L * message.Length);
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{_file.DangerousGetHandle()}");
        _script = PythonScript.Start(python.Path, "raw_memory_echo.py", path, message.Length.ToString(CultureInfo.InvariantCulture), isNew ? "new" : "own");
        await RunAsync(1);
        Checked.Bytes(_received, message);
    }

    public async Task RunAsync(int times)
    {
        var input = _script!.Process.StandardInput.BaseStream;
        var output = _script.Process.StandardOutput.BaseStream;
        for (var i = 0; i < times; i++)
        {
            message.CopyTo(Shared(0));
            await input.WriteAsync(_turn);
            await output.ReadExactlyAsync(_turn);
            if (isNew)
            {
                _received = GC.AllocateUninitializedArray<byte>(message.Length);
            }

            Shared(message.Length).CopyTo(_received);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
        _view?.Dispose();
        _mapped?.Dispose();
        _file?.Dispose();
    }

    private unsafe Span<byte> Shared(int start) =>
        new((byte*)_view!.SafeMemoryMappedViewHandle.DangerousGetHandle() + start, message.Length);
}
