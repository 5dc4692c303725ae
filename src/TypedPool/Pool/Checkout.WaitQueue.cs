namespace TypedPool.Pool;

/// <content>The queue of callers.</content>
internal sealed partial class Checkout<TWorker>
{
    /// <summary>Callers, the first one to come at the front. The links are the callers' own: thousands may wait.</summary>
    private sealed class WaitQueue
    {
        internal Waiter? First { get; private set; }

        internal Waiter? Last { get; private set; }

        internal int Count { get; private set; }

        internal void Add(Waiter waiter)
        {
            waiter.IsQueued = true;
            waiter.Previous = Last;
            if (Last is null)
            {
                First = waiter;
            }
            else
            {
                Last.Next = waiter;
            }

            Last = waiter;
            Count++;
        }

        /// <summary>Adds one who has been here before, behind those who came before him.</summary>
        internal void AddAgain(Waiter waiter)
        {
            var next = First;
            while (next is not null && next.Came <= waiter.Came)
            {
                next = next.Next;
            }

            if (next is null)
            {
                Add(waiter);
                return;
            }

            waiter.IsQueued = true;
            (waiter.Previous, waiter.Next) = (next.Previous, next);
            if (next.Previous is null)
            {
                First = waiter;
            }
            else
            {
                next.Previous.Next = waiter;
            }

            next.Previous = waiter;
            Count++;
        }

        internal void Remove(Waiter waiter)
        {
            if (waiter.Previous is null)
            {
                First = waiter.Next;
            }
            else
            {
                waiter.Previous.Next = waiter.Next;
            }

            if (waiter.Next is null)
            {
                Last = waiter.Previous;
            }
            else
            {
                waiter.Next.Previous = waiter.Previous;
            }

            waiter.IsQueued = false;
            waiter.Previous = waiter.Next = null;
            Count--;
        }
    }
}
