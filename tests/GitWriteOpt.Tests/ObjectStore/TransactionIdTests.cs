using CsCheck;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class TransactionIdTests
{
    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public void An_id_is_16_characters_that_tell_its_time()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);
        var id = TransactionId.New(new Clock(now));
        id.ToString().ShouldMatch("^[0-9a-hjkmnp-tv-z]{16}$");
        id.Time.ShouldBe(now);
        TransactionId.Parse(id.ToString()).ShouldBe(id);
    }

    [Fact]
    public void The_order_of_the_texts_is_the_order_in_time() =>
        Gen.Select(Gen.Long[0, 253_402_300_799_998], Gen.Long[0, 253_402_300_799_998]).Sample((a, b) =>
        {
            var first = TransactionId.New(new Clock(DateTimeOffset.FromUnixTimeMilliseconds(a)));
            var second = TransactionId.New(new Clock(DateTimeOffset.FromUnixTimeMilliseconds(b)));
            Math.Sign(string.CompareOrdinal(first.ToString(), second.ToString())).ShouldBe(first.CompareTo(second));
            (a < b && first > second).ShouldBeFalse();
        });

    [Fact]
    public void Ids_grow_within_a_millisecond_and_where_the_clock_was_set_back()
    {
        var clock = new Clock(DateTimeOffset.UtcNow);
        var newest = TransactionId.New(clock);
        for (var i = 0; i < 1000; i++)
        {
            clock.Now = clock.Now.AddMilliseconds(i % 3 == 0 ? -5 : 1);
            var next = TransactionId.New(clock, newest);
            next.ShouldBeGreaterThan(newest);
            newest = next;
        }
    }

    [Fact]
    public void After_the_last_id_of_a_millisecond_comes_the_first_of_the_next()
    {
        var last = TransactionId.Parse("01h455vb4pzzzzzz");
        TransactionId.New(new Clock(DateTimeOffset.UnixEpoch), last).ToString().ShouldBe("01h455vb4q000000");
    }

    [Theory]
    [InlineData("")]
    [InlineData("01h455vb4pzzzzz")]
    [InlineData("01h455vb4pzzzzzzz")]
    [InlineData("01H455VB4PZZZZZZ")]
    [InlineData("01h455vb4pzzzzzi")]
    [InlineData("zzzzzzzzzzzzzzzz")]
    [InlineData("../../etc/passwd")]
    public void What_is_not_an_id_is_not_parsed(string text) => TransactionId.TryParse(text, out _).ShouldBeFalse();
}
