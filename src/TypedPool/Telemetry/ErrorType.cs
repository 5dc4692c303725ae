namespace TypedPool.Telemetry;

/// <summary>The name under which a failure is counted: one of few, and never anything that a caller or a command said.</summary>
internal static class ErrorType
{
    internal const string Cancelled = "cancelled";

    /// <summary>The name of a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>Its <see cref="PythonPoolException.Code"/>, <c>cancelled</c>, or the name of its class.</returns>
    internal static string Of(Exception failure) => failure switch
    {
        PythonPoolException exception => exception.Code,
        OperationCanceledException => Cancelled,
        _ => failure.GetType().FullName!,
    };
}
