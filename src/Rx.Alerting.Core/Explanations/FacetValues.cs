using System.Text;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The values of one dimension that a property's views had lately, by a small number each.</summary>
/// <remarks>
/// A number of values are told apart. When there are more, a value that no kept view has gives way. If all are in use, a new value is
/// <see cref="Other"/>, until it was seen in <see cref="FacetCandidates.Admission"/> failed views (space-saving, Metwally et al. 2005). So
/// viewers who watch once push nobody out, and one viewer who fails again and again is found.
/// </remarks>
/// <param name="dimension">Its number.</param>
/// <param name="totals">Of all dimensions of the property.</param>
internal sealed class FacetValues(int dimension, ValueTotals totals)
{
    public const string Layout = $"values [{FacetValue.Layout}], " + FacetCandidates.Layout;

    /// <summary>The most values.</summary>
    public const int Most = 64;

    /// <summary>The number of a view that does not say.</summary>
    public const byte None = 0;

    /// <summary>The number of all values that are not told apart.</summary>
    public const byte Other = 1;

    private const byte First = 2;

    /// <summary>Room is made for so many values at a time.</summary>
    private const int More = 4;

    private readonly FacetCandidates candidates = new();
    private FacetValue[] values = new FacetValue[More];

    /// <summary>The last digits of each value's hash: a value is looked for in few bytes.</summary>
    private ushort[] prints = new ushort[More];

    /// <summary>How many values no kept view has.</summary>
    private int unused;

    public int Count { get; private set; }

    public string Text(byte number) => Encoding.UTF8.GetString(values[number - First].Text);

    public ReadOnlySpan<byte> Bytes(byte number) => number < First ? default : values[number - First].Text;

    /// <summary>What was learned of a value: its views, and those that failed with an error type.</summary>
    /// <param name="number">The value.</param>
    /// <param name="type">Place of the error type (<see cref="LearnedTypes"/>).</param>
    public (double Views, double Errors) Learned(byte number, int type) =>
        (values[number - First].Views, values[number - First].Errors[type]);

    /// <summary>The number of a value that is known; else <see cref="Other"/>.</summary>
    public byte Find(ReadOnlySpan<byte> text) => Find(KeyHash.Of(text));

    /// <summary>The number of a value of one more kept view.</summary>
    /// <param name="text">The value.</param>
    /// <param name="failed">Whether the view failed.</param>
    /// <param name="mayGrow">Whether one more value may be told apart.</param>
    /// <param name="replaced">A number whose views belong to <see cref="Other"/> from now on; 0: none.</param>
    public byte NumberOf(ReadOnlySpan<byte> text, bool failed, bool mayGrow, out byte replaced)
    {
        replaced = 0;
        var hash = KeyHash.Of(text);
        var number = Find(hash);
        if (number == Other)
            number = Admit(hash, text, failed, mayGrow, out replaced);
        Use(number);
        return number;
    }

    /// <summary>A view with a value is kept.</summary>
    public void Use(byte number)
    {
        if (number >= First && values[number - First].Uses++ == 0)
            unused--;
    }

    /// <summary>A view with a value is not kept any more.</summary>
    public void Release(byte number)
    {
        if (number >= First && --values[number - First].Uses == 0)
            unused++;
    }

    /// <summary>Views with a value are normal, and their row is not kept any more.</summary>
    /// <param name="number">The value.</param>
    /// <param name="views">How many.</param>
    /// <param name="type">Place of the error type with which they failed; -1: nothing is learned of it, or they succeeded.</param>
    public void LearnAndRelease(byte number, double views, int type)
    {
        if (number < First)
            return;
        ref var value = ref values[number - First];
        unused += --value.Uses == 0 ? 1 : 0;
        value.Views += (float)views;
        if (type >= 0)
            value.Errors[type] += (float)views;
        totals.Changed(dimension);
    }

    /// <summary>Another error type has a place from now on: nothing is learned of it.</summary>
    public void ForgetType(int type)
    {
        foreach (ref var value in values.AsSpan(0, Count))
            value.Errors[type] = 0;
        totals.Changed(dimension);
    }

    /// <summary>What was learned counts half from now on.</summary>
    public void Decay()
    {
        foreach (ref var value in values.AsSpan(0, Count))
        {
            value.Views /= 2;
            foreach (ref var errors in (Span<float>)value.Errors)
                errors /= 2;
        }

        totals.Changed(dimension);
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(Count);
        foreach (ref readonly var value in values.AsSpan(0, Count))
            value.Save(writer);

        candidates.Save(writer);
    }

    public void Load(StateReader reader)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var text = reader.Bytes();
            var number = Put(Count, KeyHash.Of(text), text);
            values[number - First].Load(reader);
        }

        candidates.Load(reader);
    }

    private byte Admit(ulong hash, ReadOnlySpan<byte> text, bool failed, bool mayGrow, out byte replaced)
    {
        replaced = 0;
        if (mayGrow && Count < Most)
            return Put(Count, hash, text);
        if (Count == 0)
            return Other;
        if (unused > 0)
            return Put(Least(), hash, text);
        if (!failed)
            return Other;
        totals.Changed(dimension);
        if (!candidates.IsAdmitted(hash))
            return Other;
        var least = Least();
        replaced = (byte)(least + First);
        return Put(least, hash, text);
    }

    private byte Find(ulong hash)
    {
        for (var from = 0; prints.AsSpan(from, Count - from).IndexOf((ushort)hash) is >= 0 and var at;)
        {
            from += at + 1;
            if (values[from - 1].Hash == hash)
                return (byte)(from - 1 + First);
        }

        return Other;
    }

    private byte Put(int place, ulong hash, ReadOnlySpan<byte> text)
    {
        if (place == values.Length)
        {
            Array.Resize(ref prints, place + More);
            Array.Resize(ref values, place + More);
        }

        if (place < Count)
        {
            totals.Removed(values[place].Text);
            unused -= values[place].Uses == 0 ? 1 : 0;
        }
        else
        {
            Count++;
        }

        totals.Added(text);
        unused++;
        prints[place] = (ushort)hash;
        values[place] = new() { Text = text.ToArray(), Hash = hash };
        totals.Changed(dimension);
        return (byte)(place + First);
    }

    /// <summary>The place of the value with the fewest uses; of these, the one of which the least was learned.</summary>
    private int Least()
    {
        var least = 0;
        for (var i = 1; i < Count; i++)
        {
            if ((values[i].Uses, values[i].Views).CompareTo((values[least].Uses, values[least].Views)) < 0)
                least = i;
        }

        return least;
    }
}
