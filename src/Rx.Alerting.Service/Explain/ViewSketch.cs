using System.Numerics;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Explain;

/// <summary>Views counted by their values, in bounded memory.</summary>
/// <remarks>
/// Every view has a level by the hash of its contents: half of the views level 0, a quarter level 1, and so on. While the rows take too
/// much memory, the lowest level is left out, and half as many views are counted. What is left depends on the set of views only, not on
/// their order: it is all that is at or above the lowest level that fits.
/// </remarks>
/// <param name="maximumBytes">The most memory, roughly.</param>
/// <param name="keepsTexts">Whether the texts of values are kept, too.</param>
internal sealed class ViewSketch(long maximumBytes, bool keepsTexts)
{
    private const int Levels = 64;

    /// <summary>An entry of the table, a row and its array, besides the values.</summary>
    private const int BytesOfRow = 128;

    /// <summary>An entry of the table, and a string, besides its letters.</summary>
    private const int BytesOfText = 64;

    private readonly Dictionary<ulong, SketchRow> rows = [];
    private readonly Dictionary<ulong, string> texts = [];
    private long bytes;

    /// <summary>Views below this level are not counted. 0: all views are.</summary>
    public int Level { get; private set; }

    /// <summary>Rows, in no order. Several may have the same values.</summary>
    public IReadOnlyCollection<SketchRow> Rows => rows.Values;

    /// <summary>The text of a value of a row. Only if texts are kept.</summary>
    public string Text(ulong value) => texts[value];

    /// <summary>Counts a view.</summary>
    /// <param name="batch">Has the texts.</param>
    /// <param name="ranges">The texts of its values.</param>
    /// <param name="values">The hashes of its values; 0: the view does not say.</param>
    /// <param name="content">The hash of its contents.</param>
    /// <param name="isBefore">Whether it is before the interval.</param>
    public void Add(ViewBatch batch, ReadOnlySpan<TextRange> ranges, ReadOnlySpan<ulong> values, ulong content, bool isBefore)
    {
        var key = HashOf(values);
        var level = Math.Min(BitOperations.TrailingZeroCount(KeyHash.Combine(key, content)), Levels - 1);
        if (level < Level)
            return;
        key = KeyHash.Combine(key, (ulong)level);
        if (!rows.TryGetValue(key, out var row))
        {
            rows.Add(key, row = new(level, values.ToArray()));
            bytes += BytesOf(row);
            for (var i = 0; keepsTexts && i < values.Length; i++)
            {
                if (values[i] != 0 && !texts.ContainsKey(values[i]))
                    Keep(values[i], batch.String(ranges[i]));
            }
        }

        row.Count(isBefore);
        while (bytes > maximumBytes && Level < Levels)
            LeaveOutLevel();
    }

    /// <summary>The hash of the values of a row.</summary>
    public static ulong HashOf(ReadOnlySpan<ulong> values)
    {
        var hash = 0UL;
        foreach (var value in values)
            hash = KeyHash.Combine(hash, value);
        return hash;
    }

    private void LeaveOutLevel()
    {
        Level++;
        foreach (var (key, row) in rows)
        {
            if (row.Level < Level)
                rows.Remove(key);
        }

        bytes = rows.Values.Sum(BytesOf);
        var used = rows.Values.SelectMany(row => row.Values).ToHashSet();
        var kept = texts.Where(text => used.Contains(text.Key)).ToList();
        texts.Clear();
        foreach (var (value, text) in kept)
            Keep(value, text);
    }

    private void Keep(ulong value, string text)
    {
        texts.Add(value, text);
        bytes += BytesOfText + (2 * text.Length);
    }

    private static long BytesOf(SketchRow row) => BytesOfRow + (sizeof(ulong) * row.Values.Length);
}
