namespace TypedPool.Workers;

/// <summary>A fork server must not be forked, or cannot be; and will not be another time.</summary>
/// <param name="why">Why, without a full stop.</param>
internal sealed class ForkRefusedException(string why) : Exception(why);
