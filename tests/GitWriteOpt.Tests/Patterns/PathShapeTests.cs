using GitWriteOpt.Patterns;

namespace GitWriteOpt.Tests.Patterns;

public sealed class PathShapeTests
{
    [Theory]
    [InlineData("src/a/Invoice.cs", "tests/a/InvoiceTests.cs")]
    [InlineData("lib/user_name.rb", "test/user_name_test.rb")]
    [InlineData("a/button.tsx", "a/button.spec.tsx")]
    [InlineData("src/x.c", "include/x.h")]
    [InlineData("pkg/server.go", "pkg/server_test.go")]
    [InlineData("pkg/thing.py", "tests/test_thing.py")]
    public void A_file_and_its_companion_share_a_stem(string file, string companion) =>
        PathShape.Of(companion).Stem.ShouldBe(PathShape.Of(file).Stem);

    [Theory]
    [InlineData("src/a/InvoiceTests.cs", "src/*Tests.cs")]
    [InlineData("pkg/test_thing.py", "pkg/test_*.py")]
    [InlineData("Makefile", "/*")]
    [InlineData(".gitignore", "/.*")]
    public void The_affix_is_what_remains(string path, string affix) => PathShape.Of(path).Affix.ShouldBe(affix);

    [Theory]
    [InlineData("a/b", "a/b", 1)]
    [InlineData("a/b", "a/c", 2 / 3.0)]
    [InlineData("", "", 1)]
    [InlineData("ab", "abc", 0.5)]
    public void Nearness_counts_common_directories(string left, string right, double expected) =>
        PathShape.Nearness(left, right).ShouldBe((float)expected, 0.001f);
}
