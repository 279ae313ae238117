using GitWriteOpt.Platform;

namespace GitWriteOpt.Tests.Platform;

public sealed class SystemRandomTests
{
    [Fact]
    public void All_32_bits_take_both_values()
    {
        var (everSet, everClear) = (0u, 0u);
        for (var i = 0; i < 200; i++)
        {
            var bits = SystemRandom.Bits();
            everSet |= bits;
            everClear |= ~bits;
        }

        (everSet, everClear).ShouldBe((uint.MaxValue, uint.MaxValue));
    }

    [Fact]
    public void Hexadecimal_digits_are_as_many_as_asked_for_and_never_the_same()
    {
        SystemRandom.HexDigits(7).Length.ShouldBe(14);
        Enumerable.Range(0, 100).Select(_ => SystemRandom.HexDigits(8)).ShouldBeUnique();
    }
}
