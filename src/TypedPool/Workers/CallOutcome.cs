using TypedPool.Serialization;
using TypedPool.Wire;

namespace TypedPool.Workers;

/// <summary>How a call ended that the worker answered: with a result, an error, or a result that is not what it should be.</summary>
/// <typeparam name="TResult">The result.</typeparam>
/// <param name="Result">The result, where neither of the others is set.</param>
/// <param name="Error">The worker's error.</param>
/// <param name="Mismatch">What is wrong with the result.</param>
/// <param name="MismatchPath">Where, as a JSON pointer.</param>
internal readonly record struct CallOutcome<TResult>(
    TResult Result, WireError? Error = null, JsonMismatchException? Mismatch = null, string MismatchPath = "");
