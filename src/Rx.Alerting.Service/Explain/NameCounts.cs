using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Explain;

/// <summary>Counts names, of which there may be any number. Of too many, those with the smallest hashes are kept.</summary>
internal sealed class NameCounts
{
    private const int Kept = 1000;
    private const int Shown = 10;

    private readonly Dictionary<ulong, (string Name, long Count)> names = [];
    private ulong largest = ulong.MaxValue;

    public void Add(ViewBatch batch, TextRange name, ulong hash)
    {
        if (hash > largest)
            return;
        var known = names.GetValueOrDefault(hash);
        names[hash] = (known.Name ?? batch.String(name), known.Count + 1);
        if (names.Count > 2 * Kept)
            Trim();
    }

    public bool IsEmpty => names.Count == 0;

    /// <summary>Whether the name came. Of very many names, some are forgotten; these count as there.</summary>
    public bool Has(string name) => KeyHash.Of(name) is var hash && (hash > largest || names.ContainsKey(hash));

    /// <summary>The most frequent names for people, such as <c>network (812), decode (12)</c>.</summary>
    public string Most()
    {
        Trim();
        var most = names.Values.OrderByDescending(name => name.Count).ThenBy(name => name.Name, StringComparer.Ordinal).Take(Shown)
            .Select(name => $"{IncidentWords.Cut(IncidentWords.Printable(name.Name), 60)} ({IncidentWords.Count(name.Count)})");
        var isAll = names.Count <= Shown && largest == ulong.MaxValue;
        return string.Join(", ", most) + (isAll ? string.Empty : ", …");
    }

    private void Trim()
    {
        if (names.Count <= Kept)
            return;
        largest = names.Keys.Order().ElementAt(Kept - 1);
        foreach (var hash in names.Keys.Where(hash => hash > largest).ToList())
            names.Remove(hash);
    }
}
