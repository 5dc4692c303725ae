using TypedPool.Workers;

namespace TypedPool.Tests.Workers;

/// <summary>Launches one process; whoever wants another one waits until he gives up.</summary>
/// <param name="process">The process.</param>
/// <param name="begin">What the process does, with the token.</param>
internal sealed class FakeLauncher(FakeProcess process, Func<string, Task> begin) : IWorkerLauncher
{
    private bool _isLaunched;

    public async Task<IWorkerProcess> LaunchAsync(string token, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isLaunched)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        _isLaunched = true;
        _ = begin(token);
        return process;
    }
}
