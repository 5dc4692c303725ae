using TypedPool.SharedMemory;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <content>Shared memory: what is large beside a message need not go through the pipe.</content>
internal sealed partial class WorkerConnection
{
    /// <summary>
    /// An answer has brought so much that memory would have been faster: from then on it is lent. Written by whoever reads.
    /// </summary>
    private volatile bool _isLentMemory;

    /// <summary>The segments that the worker can open; null where it cannot. Set while nothing is on its way.</summary>
    internal SegmentPool? Memory { get; set; }

    private CallMemory? MemoryFor(RequestBuffer request) =>
        Memory is { } memory ? CallMemory.TryTake(memory, request, forResult: _isLentMemory && request.AnswerAttaches) : null;

    private void LearnFrom(in Answer answer)
    {
        if (Memory is not null && !_isLentMemory && answer.Attachments is { } attachments)
        {
            _isLentMemory = attachments.Sum(attachment => (long)attachment.Length) >= SegmentPool.LeastBytes;
        }
    }
}
