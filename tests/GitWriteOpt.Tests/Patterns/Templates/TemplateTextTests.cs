using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Tests.Patterns.Templates;

public sealed class TemplateTextTests
{
    private static readonly Dictionary<string, string> Given = new() { ["name"] = "orderLine" };

    [Theory]
    [InlineData("{{name}} {{name.pascal}} {{name.kebab.plural}}", "orderLine OrderLine order-lines")]
    [InlineData("{{other}} {{name.shout}} {{ name }}", "{{other}} {{name.shout}} {{ name }}")]
    [InlineData("{{\"{{\"}}name}}", "{{name}}")]
    public void Placeholders_are_filled_and_other_braces_stay(string text, string expected) =>
        TemplateText.Parse(text, ["name"]).Fill(Given).ShouldBe(expected);

    [Theory]
    [InlineData("a {{name.pascal}} b")]
    [InlineData("{{\"{{\"}}")]
    public void A_quoted_text_is_filled_to_itself(string text) =>
        TemplateText.Parse(TemplateText.Quote(text), ["name"]).Fill(Given).ShouldBe(text);

    [Theory]
    [InlineData("src/OrderHandler.cs", "Order")]
    [InlineData("src/orderHandler.cs", null)]
    [InlineData("src/a/OrderHandler.cs", null)]
    public void A_path_tells_the_name_that_it_was_made_with(string path, string? name) =>
        TemplateText.Parse("src/{{name.pascal}}Handler.cs", ["name"]).Match(path)?["name"].ShouldBe(name);

    [Fact]
    public void A_name_that_occurs_twice_is_one_name()
    {
        var text = TemplateText.Parse("{{name.kebab}}/{{name.pascal}}.ts", ["name"]);
        text.Match("order-line/OrderLine.ts").ShouldNotBeNull()["name"].ShouldBe("order-line");
        text.Match("order-line/Invoice.ts").ShouldBeNull();
    }
}
