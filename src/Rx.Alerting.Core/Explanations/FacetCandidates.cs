using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Values that are not told apart, and failed lately: each is told apart when it has failed often enough.</summary>
internal sealed class FacetCandidates
{
    public const string Layout = "candidates [hash u64, count i32]";

    /// <summary>So many failed views make a value one that is told apart.</summary>
    public const int Admission = 3;

    private const int Most = 16;

    private readonly List<(ulong Hash, int Count)> candidates = [];

    /// <summary>Counts a failed view with a value.</summary>
    /// <param name="hash">Of the value.</param>
    /// <returns>Whether the value has been seen often enough.</returns>
    public bool IsAdmitted(ulong hash)
    {
        var at = candidates.FindIndex(candidate => candidate.Hash == hash);
        if (at >= 0 && candidates[at].Count + 1 >= Admission)
        {
            candidates.RemoveAt(at);
            return true;
        }

        if (at >= 0)
            candidates[at] = (hash, candidates[at].Count + 1);
        else if (candidates.Count < Most)
            candidates.Add((hash, 1));
        else
            Replace(hash);
        return false;
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(candidates.Count);
        foreach (var (hash, count) in candidates)
        {
            writer.UInt64(hash);
            writer.Int32(count);
        }
    }

    public void Load(StateReader reader)
    {
        for (var left = reader.Count(); left > 0; left--)
            candidates.Add((reader.UInt64(), reader.Int32()));
    }

    /// <summary>The oldest of the candidates with the lowest count gives way.</summary>
    private void Replace(ulong hash)
    {
        var least = 0;
        for (var i = 1; i < candidates.Count; i++)
        {
            if (candidates[i].Count < candidates[least].Count)
                least = i;
        }

        candidates.RemoveAt(least);
        candidates.Add((hash, 1));
    }
}
