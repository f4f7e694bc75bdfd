namespace Shop.Core;

public static class Price
{
    public static string Format(decimal value) => value.ToString("C");
}
