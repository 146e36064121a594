using System.Diagnostics.CodeAnalysis;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Control;

/// <summary>All silences and maintenance windows, and when each of them changes next.</summary>
/// <param name="lead">Milliseconds before its end at which a silence ends soon.</param>
/// <param name="tracksChanges">Whether what changes is remembered, for saves of changes only.</param>
internal sealed class Silences(long lead, bool tracksChanges)
{
    private readonly Dictionary<string, Silence> byId = new(StringComparer.Ordinal);
    private readonly SortedSet<(long At, int Order, long Sequence, Silence Silence)> due = new(DueOrder);
    private readonly ChangeLog<Silence> log = new(tracksChanges);
    private IReadOnlyList<SilenceSummary>? summaries;

    /// <summary>For people, those that begin first. The list does not change any more.</summary>
    public IReadOnlyList<SilenceSummary> Summaries => summaries ??=
        [.. byId.Values.OrderBy(silence => silence.StartsAt).ThenBy(silence => silence.Sequence).Select(silence => silence.Summarize())];

    /// <summary>Those that have ended.</summary>
    public EndedSilences Ended { get; } = new();

    public int Count => byId.Count;

    /// <summary>The silences that are in force.</summary>
    public SilenceIndex Active { get; } = new();

    /// <summary>The event time of the next change of any silence. Null: none will change.</summary>
    public long? NextAt { get; private set; }

    /// <summary>Silences that begin come before silences that end at the same time. So an incident stays silenced.</summary>
    private static Comparer<(long At, int Order, long Sequence, Silence Silence)> DueOrder { get; } =
        Comparer<(long At, int Order, long Sequence, Silence Silence)>.Create(
            (a, b) => (a.At, a.Order, a.Sequence).CompareTo((b.At, b.Order, b.Sequence)));

    public bool TryFind(string id, [NotNullWhen(true)] out Silence? silence) => byId.TryGetValue(id, out silence);

    public void Add(Silence silence)
    {
        byId.Add(silence.Id, silence);
        File(silence);
        log.Changed(silence);
    }

    public void Load(Silence silence)
    {
        byId.Add(silence.Id, silence);
        File(silence);
        log.Loaded(silence);
    }

    /// <param name="silence">Is there.</param>
    /// <param name="at">When it ends, in event time (ms). Null: before the first view.</param>
    /// <param name="by">Who ends it. Null: it ends by itself.</param>
    /// <param name="note">What that person says.</param>
    public void Remove(Silence silence, long? at, string? by = null, string? note = null)
    {
        Ended.Add(new(silence.Summarize(), at is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null, by, note));
        byId.Remove(silence.Id);
        TakeOut(silence);
        log.Removed(silence);
    }

    /// <summary>Changes times and phase of a silence.</summary>
    public void Change(Silence silence, Action<Silence> change)
    {
        TakeOut(silence);
        change(silence);
        File(silence);
        log.Changed(silence);
    }

    /// <summary>The silence that changes next, and when, if that is due.</summary>
    public bool TryNext(long now, [NotNullWhen(true)] out Silence? silence, out long at)
    {
        (at, silence) = NextAt is { } next && next <= now ? (next, due.Min.Silence) : (0, null);
        return silence is not null;
    }

    public void Save(ChangeWriter changes, Func<Silence, StateKey> keyOf, bool everything)
    {
        if (everything)
        {
            foreach (var silence in byId.Values)
                Write(silence);
        }
        else
        {
            log.Take(Write, silence => changes.Remove(keyOf(silence)));
        }

        void Write(Silence silence) => silence.Save(changes.Begin(keyOf(silence)));
    }

    private void File(Silence silence)
    {
        summaries = null;
        due.Add(Due(silence));
        NextAt = due.Min.At;
        if (silence.IsActive)
            Active.Add(silence);
    }

    private void TakeOut(Silence silence)
    {
        summaries = null;
        due.Remove(Due(silence));
        NextAt = due.Count > 0 ? due.Min.At : null;
        if (silence.IsActive)
            Active.Remove(silence);
    }

    private (long At, int Order, long Sequence, Silence Silence) Due(Silence silence) =>
        (silence.NextAt(lead), silence.IsActive ? 1 : 0, silence.Sequence, silence);
}
