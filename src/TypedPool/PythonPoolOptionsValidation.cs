namespace TypedPool;

/// <summary>Finds what is wrong with a pool's options, all at once.</summary>
internal static class PythonPoolOptionsValidation
{
    /// <summary>Throws where anything is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentException">Something is wrong; the message lists all of it.</exception>
    internal static void Validate(PythonPoolOptions options)
    {
        var problems = Problems(options).ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException("The options of the pool are not valid:\n  " + string.Join("\n  ", problems), nameof(options));
        }
    }

    /// <summary>Throws where anything of a call's own is wrong.</summary>
    /// <param name="options">The options of a call.</param>
    /// <exception cref="ArgumentException">Something is wrong; the message lists all of it.</exception>
    internal static void Validate(CallOptions options)
    {
        var problems = Positive(nameof(CallOptions.CheckoutTimeout), options.CheckoutTimeout ?? Timeout.InfiniteTimeSpan)
            .Concat(Positive(nameof(CallOptions.CommandTimeout), options.CommandTimeout ?? Timeout.InfiniteTimeSpan))
            .Concat(options.Session?.Length == 0 ? ["Session must not be empty; null stands for a call without one."] : [])
            .Concat(Retries(options.IdempotentRetries ?? 0))
            .Concat(Grace(nameof(CallOptions.CancelGrace), options.CancelGrace ?? TimeSpan.Zero))
            .Concat(Grace(nameof(CallOptions.InterruptGrace), options.InterruptGrace ?? TimeSpan.Zero))
            .Concat(Action(options.TimeoutAction ?? TimeoutAction.Kill))
            .ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException("The options of the call are not valid:\n  " + string.Join("\n  ", problems), nameof(options));
        }
    }

    private static IEnumerable<string> Problems(PythonPoolOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Module))
        {
            yield return "Module must name the Python module with the commands.";
        }

        if (options.Size is < 1 or > PythonPoolDefaults.LargestSize)
        {
            yield return $"Size must be from 1 to {PythonPoolDefaults.LargestSize}, and is {options.Size}.";
        }

        if (options.CallsPerWorker is < 1 or > PythonPoolDefaults.MostCallsPerWorker)
        {
            yield return $"CallsPerWorker must be from 1 to {PythonPoolDefaults.MostCallsPerWorker}, and is {options.CallsPerWorker}.";
        }

        if (options.Prefetch is < 0 or > PythonPoolDefaults.MostPrefetched)
        {
            yield return $"Prefetch must be from 0 to {PythonPoolDefaults.MostPrefetched}, and is {options.Prefetch}.";
        }
        else if (options is { Prefetch: > 0, CallsPerWorker: > 1 })
        {
            yield return $"Prefetch must be 0 where a worker runs several calls at once (CallsPerWorker is {options.CallsPerWorker}), and is {options.Prefetch}.";
        }

        if (options.CommandThreads < 1 || options.CommandThreads > Math.Max(1, options.CallsPerWorker))
        {
            yield return $"CommandThreads must be from 1 to CallsPerWorker ({options.CallsPerWorker}), and is {options.CommandThreads}.";
        }

        if (options.ThreadsPerWorker is < 1 or > PythonPoolDefaults.LargestThreadsPerWorker)
        {
            yield return $"ThreadsPerWorker must be from 1 to {PythonPoolDefaults.LargestThreadsPerWorker}, or null, and is {options.ThreadsPerWorker}.";
        }

        if (options.MaxMessageBytes is < PythonPoolDefaults.SmallestMaxMessageBytes or > PythonPoolDefaults.LargestMaxMessageBytes)
        {
            yield return $"MaxMessageBytes must be from {PythonPoolDefaults.SmallestMaxMessageBytes} to "
                + $"{PythonPoolDefaults.LargestMaxMessageBytes}, and is {options.MaxMessageBytes}.";
        }

        if (options.ShutdownTimeout != Timeout.InfiniteTimeSpan && (options.ShutdownTimeout < TimeSpan.Zero || options.ShutdownTimeout > PythonPoolDefaults.LongestTimeout))
        {
            yield return $"ShutdownTimeout must be from zero to {PythonPoolDefaults.LongestTimeout}, or infinite, and is {options.ShutdownTimeout}.";
        }

        if (options.Overflow is < 0 or > PythonPoolDefaults.LargestSize)
        {
            yield return $"Overflow must be from 0 to {PythonPoolDefaults.LargestSize}, and is {options.Overflow}.";
        }

        if (options.QueueLimit < 0)
        {
            yield return $"QueueLimit must not be negative, and is {options.QueueLimit}.";
        }
        else if (options is { QueueLimit: 0, Startup: PoolStartup.Lazy })
        {
            yield return "QueueLimit must be 1 or more where Startup is Lazy, since a call waits while its worker is started, and is 0.";
        }

        if (options.MaxCalls < 1)
        {
            yield return $"MaxCalls must be 1 or more, and is {options.MaxCalls}.";
        }

        if (options.MaxMemoryBytes < 1)
        {
            yield return $"MaxMemoryBytes must be 1 or more, and is {options.MaxMemoryBytes}.";
        }

        if (!Enum.IsDefined(options.Startup))
        {
            yield return $"Startup must be Eager, Background or Lazy, and is {options.Startup}.";
        }

        if (!Enum.IsDefined(options.Launch))
        {
            yield return $"Launch must be Spawn or ForkServer, and is {options.Launch}.";
        }

        if (!Enum.IsDefined(options.PythonLogLevel))
        {
            yield return $"PythonLogLevel must be one from Trace to None, and is {options.PythonLogLevel}.";
        }

        if (options.SessionSweepInterval < PythonPoolDefaults.SmallestSessionSweepInterval || options.SessionSweepInterval > PythonPoolDefaults.LongestTimeout)
        {
            yield return $"SessionSweepInterval must be from {PythonPoolDefaults.SmallestSessionSweepInterval} to {PythonPoolDefaults.LongestTimeout}, "
                + $"and is {options.SessionSweepInterval}.";
        }

        foreach (var problem in Texts(options)
            .Concat(Services(options))
            .Concat(Positive(nameof(options.StartTimeout), options.StartTimeout))
            .Concat(Positive(nameof(options.OverflowIdleTime), options.OverflowIdleTime))
            .Concat(Positive(nameof(options.HealthInterval), options.HealthInterval))
            .Concat(Positive(nameof(options.HealthTimeout), options.HealthTimeout))
            .Concat(Positive(nameof(options.MaxAge), options.MaxAge ?? Timeout.InfiniteTimeSpan))
            .Concat(Positive(nameof(options.SessionIdleTime), options.SessionIdleTime))
            .Concat(Positive(nameof(options.CheckoutTimeout), options.CheckoutTimeout))
            .Concat(Positive(nameof(options.CommandTimeout), options.CommandTimeout))
            .Concat(Retries(options.IdempotentRetries))
            .Concat(Grace(nameof(options.CancelGrace), options.CancelGrace))
            .Concat(Grace(nameof(options.InterruptGrace), options.InterruptGrace))
            .Concat(Action(options.TimeoutAction)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Texts(PythonPoolOptions options)
    {
        foreach (var (name, text) in new[]
        {
            (nameof(options.Name), options.Name), (nameof(options.PythonPath), options.PythonPath),
            (nameof(options.WorkingDirectory), options.WorkingDirectory), (nameof(options.Contract), options.Contract?.Hash),
        })
        {
            if (text is not null && string.IsNullOrWhiteSpace(text))
            {
                yield return $"{name} must not be empty; null stands for its default.";
            }
        }

        for (var i = 0; i < options.SearchPaths.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(options.SearchPaths[i]))
            {
                yield return $"SearchPaths[{i}] must name a folder, and is empty.";
            }
        }

        foreach (var twice in options.Hosts.GroupBy(host => host.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            yield return $"AddHost must be given one implementation of {twice.Key}, and was given {twice.Count()}.";
        }

        foreach (var name in options.Environment.Keys.Where(name => name.Length == 0 || name.AsSpan().ContainsAny('=', '\0')))
        {
            yield return $"Environment must have names without = and not empty ones, and has '{name.Replace('\0', '?')}'.";
        }
    }

    private static IEnumerable<string> Services(PythonPoolOptions options)
    {
        foreach (var (name, service) in new (string, object?)[]
        {
            (nameof(options.LoggerFactory), options.LoggerFactory), (nameof(options.TimeProvider), options.TimeProvider),
        })
        {
            if (service is null)
            {
                yield return $"{name} must not be null; leave it unset for its default.";
            }
        }
    }

    private static IEnumerable<string> Retries(int retries)
    {
        if (retries is < 0 or > PythonPoolDefaults.MostIdempotentRetries)
        {
            yield return $"IdempotentRetries must be from 0 to {PythonPoolDefaults.MostIdempotentRetries}, and is {retries}.";
        }
    }

    private static IEnumerable<string> Grace(string name, TimeSpan value)
    {
        if (value < TimeSpan.Zero || value > PythonPoolDefaults.LongestGrace)
        {
            yield return $"{name} must be from zero to {PythonPoolDefaults.LongestGrace}, and is {value}.";
        }
    }

    private static IEnumerable<string> Action(TimeoutAction action)
    {
        if (!Enum.IsDefined(action))
        {
            yield return $"TimeoutAction must be Kill or Interrupt, and is {action}.";
        }
    }

    private static IEnumerable<string> Positive(string name, TimeSpan value)
    {
        if (value != Timeout.InfiniteTimeSpan && (value <= TimeSpan.Zero || value > PythonPoolDefaults.LongestTimeout))
        {
            yield return $"{name} must be above zero and at most {PythonPoolDefaults.LongestTimeout}, or infinite, and is {value}.";
        }
    }
}
