namespace Microsoft.Reactive.Testing;

/// <summary>Compares what was recorded with what was expected.</summary>
public static class ReactiveAssert
{
    /// <exception cref="InvalidOperationException">They differ; the message shows both.</exception>
    public static void AssertEqual<T>(this IEnumerable<T> actual, params IEnumerable<T> expected)
    {
        var (found, wanted) = (actual.ToList(), expected.ToList());
        if (!found.SequenceEqual(wanted))
            throw new InvalidOperationException($"{Environment.NewLine}Expected: [{string.Join(", ", wanted)}]{Environment.NewLine}Actual:   [{string.Join(", ", found)}]");
    }
}
