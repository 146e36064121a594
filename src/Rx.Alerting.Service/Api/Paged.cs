namespace Rx.Alerting.Service.Api;

/// <summary>Cuts a page out of results.</summary>
internal static class Paged
{
    /// <param name="all">All results, in order.</param>
    /// <param name="limit">Results of a page.</param>
    /// <param name="page">Which one, from 1.</param>
    public static List<T> Of<T>(List<T> all, int limit, int page)
    {
        var skipped = (int)Math.Min((page - 1L) * limit, all.Count);
        return all.GetRange(skipped, Math.Min(limit, all.Count - skipped));
    }
}
