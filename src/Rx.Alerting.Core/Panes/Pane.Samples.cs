using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <content>Views with their circumstances.</content>
internal sealed partial class Pane
{
    private PaneSamples? samples;

    /// <summary>Views with their circumstances. Null if there are none.</summary>
    public PaneSamples? Samples { get; private set; }

    /// <summary>Adds views that are the same, with their circumstances.</summary>
    /// <param name="property">Cell of their property.</param>
    /// <param name="error">The property's errors of their type; -1: they succeeded.</param>
    /// <param name="level">The level of their group, at least.</param>
    /// <param name="hash">Of their contents.</param>
    /// <param name="values">Their circumstances (<see cref="SampledValues"/>).</param>
    /// <param name="views">How many.</param>
    public void AddSample(int property, int error, int level, ulong hash, ReadOnlySpan<byte> values, int views)
    {
        var group = RaiseSamples(property, error, level);
        if (samples!.Keeps(group, hash) && !samples.TryCount(group, hash, values, views, text))
            samples.Add(group, hash, text.Append(values), views);
    }

    /// <summary>Says that a group has at least a level, also if none of its views are kept.</summary>
    /// <inheritdoc cref="AddSample(int, int, int, ulong, ReadOnlySpan{byte}, int)"/>
    /// <returns>The group.</returns>
    public int RaiseSamples(int property, int error, int level)
    {
        var group = Sampled().FindOrAdd(property, error);
        samples!.Raise(group, level);
        return group;
    }

    // Not inlined: few views come here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddSample(int property, int error, ViewBatch batch, in View view)
    {
        var group = Sampled().FindOrAdd(property, error);
        var hash = batch.Circumstances[view.Circumstances].Hash;
        if (!samples!.Keeps(group, hash))
            return;
        var room = text.Room(SampledValues.Room);
        var length = SampledValues.Write(batch, view, room);
        if (!samples.TryCount(group, hash, room[..length], 1, text))
            samples.Add(group, hash, text.Append(length), 1);
    }

    private PaneSamples Sampled()
    {
        if (Samples is null)
        {
            Samples = samples ??= new PaneSamples();
            samples.Begin(End - Start);
        }

        return Samples;
    }

    private void AddSamples(Pane other, in PaneSamples.Group from)
    {
        ref readonly var property = ref other.Cell(from.Cell);
        var cell = FindOrAddProperty(property.NameHash, other.text[property.Name]);
        var error = -1;
        if (from.Error >= 0)
        {
            ref readonly var type = ref other.errors[from.Error];
            error = FindOrAddError(cell, type.TypeHash, other.text[type.Type]);
        }

        RaiseSamples(cell, error, from.Level);
        for (var i = from.First; i >= 0; i = other.Samples!.Sampled(i).Next)
        {
            ref readonly var sample = ref other.Samples!.Sampled(i);
            AddSample(cell, error, from.Level, sample.Hash, other.text[sample.Values], sample.Views);
        }
    }
}
