namespace Rx.Alerting.Connectors.Tests.Kinesis;

internal static class Taking
{
    /// <summary>The elements up to the first that fulfils the condition, including that element.</summary>
    internal static IEnumerable<T> TakeUntil<T>(this IEnumerable<T> source, Func<T, bool> condition)
    {
        foreach (var element in source)
        {
            yield return element;
            if (condition(element))
                yield break;
        }
    }
}
