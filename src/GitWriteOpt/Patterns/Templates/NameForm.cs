namespace GitWriteOpt.Patterns.Templates;

/// <summary>A way to write a name of several words.</summary>
public enum NameForm
{
    /// <summary><c>OrderLine</c>.</summary>
    Pascal,

    /// <summary><c>orderLine</c>.</summary>
    Camel,

    /// <summary><c>order_line</c>.</summary>
    Snake,

    /// <summary><c>order-line</c>.</summary>
    Kebab,

    /// <summary><c>ORDER_LINE</c>.</summary>
    Constant,

    /// <summary><c>orderline</c>.</summary>
    Lower,

    /// <summary><c>ORDERLINE</c>.</summary>
    Upper,

    /// <summary><c>order line</c>.</summary>
    Sentence,

    /// <summary><c>Order Line</c>.</summary>
    Title,
}
