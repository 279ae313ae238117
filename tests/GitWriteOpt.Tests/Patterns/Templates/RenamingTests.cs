using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Tests.Patterns.Templates;

public sealed class RenamingTests
{
    [Theory]
    [InlineData("order", "orderLine", "Order ORDER order_id order-id border IOrder newOrder orders", "OrderLine ORDER_LINE order_line_id order-line-id border IOrderLine newOrderLine orderLines")]
    [InlineData("OrderLine", "Invoice", "OrderLine orderLine order_line order-line ORDER_LINE OrderLines", "Invoice invoice invoice invoice INVOICE Invoices")]
    [InlineData("category", "box", "category Categories", "box Boxes")]
    public void A_name_is_renamed_in_every_form_and_nowhere_else(string from, string to, string text, string expected) =>
        new Renaming([(NameWords.Of(from), NameWords.Of(to))], [], NameForm.Camel, NameForm.Camel).Apply(text).ShouldBe(expected);

    [Fact]
    public void A_name_without_a_form_is_renamed_as_it_is_written() =>
        new Renaming([(NameWords.Of("20200101_AddUsers"), NameWords.Of("20210202_AddCarts"))], [], NameForm.Camel, NameForm.Camel)
            .Apply("db/20200101_AddUsers.Designer.cs").ShouldBe("db/20210202_AddCarts.Designer.cs");

    [Fact]
    public void Long_texts_are_renamed_like_short_ones()
    {
        var renaming = new Renaming([(NameWords.Of("order"), NameWords.Of("invoice"))], [], NameForm.Camel, NameForm.Camel);
        var text = string.Concat(Enumerable.Repeat("border Order ", 100));
        renaming.Apply(text).ShouldBe(string.Concat(Enumerable.Repeat("border Invoice ", 100)));
    }
}
