using System.Collections.Concurrent;

namespace Rx.Alerting.Service.Pages;

/// <summary>
/// Pages that look the same to many. When an incident changes, every open page asks again at once; the page is written once for all of
/// them. Thread-safe.
/// </summary>
internal sealed class SharedPages
{
    /// <summary>How old a page may be that says as of when it is.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(500);

    private const int Most = 100;

    private readonly ConcurrentDictionary<string, Entry> pages = new(StringComparer.Ordinal);

    /// <param name="key">All that the page depends on, but for the time.</param>
    /// <param name="write">Writes it.</param>
    public Task<WrittenPage> GetAsync(string key, Func<Task<WrittenPage>> write)
    {
        if (pages.TryGetValue(key, out var known) && !known.IsOld)
            return known.Page.Value;
        if (pages.Count >= Most)
            pages.Clear();
        var entry = new Entry(write);
        // Whoever comes meanwhile takes this one. One that fails is not kept.
        pages[key] = entry;
        return entry.Page.Value;
    }

    private sealed class Entry(Func<Task<WrittenPage>> write)
    {
        private readonly long begun = TimeProvider.System.GetTimestamp();

        public Lazy<Task<WrittenPage>> Page { get; } = new(write);

        public bool IsOld =>
            TimeProvider.System.GetElapsedTime(begun) > Lifetime || Page is { IsValueCreated: true, Value.IsFaulted: true };
    }
}
