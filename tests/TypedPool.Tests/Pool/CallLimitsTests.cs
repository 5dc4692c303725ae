using Microsoft.Extensions.Time.Testing;
using TypedPool.Pool;
using TypedPool.Workers;
using Xunit;

namespace TypedPool.Tests.Pool;

public sealed class CallLimitsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PythonPoolOptions _pool;

    public CallLimitsTests() => _pool = new PythonPoolOptions
    {
        TimeProvider = _time,
        CheckoutTimeout = TimeSpan.FromSeconds(20),
        CommandTimeout = TimeSpan.FromSeconds(50),
    };

    [Fact]
    public void Without_a_word_of_the_call_the_pools_limits_count()
    {
        var limits = new CallLimits(_pool, new CallOptions());

        Assert.Equal((Limit(20, "CheckoutTimeout"), Limit(50, "CommandTimeout")), (limits.Checkout, limits.Command));
        Assert.Equal((limits.Checkout, limits.Command), (new CallLimits(_pool, null).Checkout, new CallLimits(_pool, null).Command));
    }

    [Fact]
    public void A_call_may_have_limits_of_its_own()
    {
        var limits = new CallLimits(_pool, new CallOptions { CheckoutTimeout = TimeSpan.FromSeconds(2), CommandTimeout = TimeSpan.FromSeconds(3) });

        Assert.Equal((Limit(2, "CheckoutTimeout"), Limit(3, "CommandTimeout")), (limits.Checkout, limits.Command));
    }

    [Fact]
    public void A_deadline_shortens_the_clock_that_it_is_nearer_to_than_its_own_limit()
    {
        var limits = new CallLimits(_pool, Until(30));

        Assert.Equal((Limit(20, "CheckoutTimeout"), Limit(30, "Deadline")), (limits.Checkout, limits.Command));
    }

    [Fact]
    public void What_has_passed_of_a_call_is_gone_for_the_rest_of_it()
    {
        var limits = new CallLimits(_pool, Until(30));

        _time.Advance(TimeSpan.FromSeconds(18));

        Assert.Equal((Limit(12, "Deadline"), Limit(12, "Deadline")), (limits.Checkout, limits.Command));
    }

    [Fact]
    public void A_deadline_that_leaves_exactly_as_much_as_the_clock_does_is_not_what_shortens_it() =>
        Assert.Equal(Limit(20, "CheckoutTimeout"), new CallLimits(_pool, Until(20)).Checkout);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Nothing_is_left_once_the_deadline_has_come(int seconds)
    {
        var limits = new CallLimits(_pool, Until(seconds));

        Assert.Equal((Limit(0, "Deadline"), Limit(0, "Deadline")), (limits.Checkout, limits.Command));
    }

    [Fact]
    public void A_deadline_limits_clocks_that_have_no_limit()
    {
        _pool.CheckoutTimeout = _pool.CommandTimeout = Timeout.InfiniteTimeSpan;

        var limits = new CallLimits(_pool, Until(30));

        Assert.Equal((Limit(30, "Deadline"), Limit(30, "Deadline")), (limits.Checkout, limits.Command));
    }

    [Fact]
    public void Any_date_is_a_deadline_however_far_away()
    {
        var never = new CallLimits(_pool, new CallOptions { Deadline = DateTimeOffset.MaxValue, CommandTimeout = Timeout.InfiniteTimeSpan });
        var ever = new CallLimits(_pool, new CallOptions { Deadline = DateTimeOffset.MinValue });

        Assert.Equal((Limit(20, "CheckoutTimeout"), new TimeLimit(Timeout.InfiniteTimeSpan, "CommandTimeout")), (never.Checkout, never.Command));
        Assert.Equal(Limit(0, "Deadline"), ever.Checkout);
    }

    [Fact]
    public void A_message_names_the_setting_its_value_and_where_to_change_it()
    {
        Assert.Equal("CheckoutTimeout (00:00:20)", Limit(20, "CheckoutTimeout").ToString());
        Assert.Equal("Deadline (00:00:12 were left)", Limit(12, "Deadline").ToString());
        Assert.Contains("CheckoutTimeout in the options of the pool or the call", Limit(20, "CheckoutTimeout").Advice, StringComparison.Ordinal);
        Assert.Contains("Deadline in the options of the call", Limit(12, "Deadline").Advice, StringComparison.Ordinal);
    }

    private static TimeLimit Limit(int seconds, string setting) => new(TimeSpan.FromSeconds(seconds), setting);

    private CallOptions Until(int seconds) => new() { Deadline = _time.GetUtcNow().AddSeconds(seconds) };
}
