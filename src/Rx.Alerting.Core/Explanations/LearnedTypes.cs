using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>The error types of a property for which it is learned what is normal of each value.</summary>
/// <remarks>
/// They are few, as each value has a number for each of them. When all places are in use, a type that fails more takes the place of the
/// weakest (Misra and Gries, 1982): errors of other types weaken it, until its strength is used up.
/// </remarks>
internal sealed class LearnedTypes
{
    public const string Layout = "types [hash u64, errors f64, strength f64]";

    /// <summary>The most error types.</summary>
    public const int Most = 4;

    private readonly List<Learned> types = [];

    /// <summary>The place of an error type, by its hash; -1: nothing is learned of it.</summary>
    public int Find(ulong type) => types.FindIndex(known => known.Type == type);

    /// <summary>What was learned of the error type in a place.</summary>
    public double Errors(int place) => types[place].Errors;

    /// <summary>Learns errors of a type.</summary>
    /// <param name="type">Hash of the error type.</param>
    /// <param name="errors">How many.</param>
    /// <param name="isReplaced">Whether another type had the place. What values have there is about that one.</param>
    /// <returns>The type's place; -1: it has none.</returns>
    public int Learn(ulong type, double errors, out bool isReplaced)
    {
        isReplaced = false;
        var place = Find(type);
        if (place >= 0)
        {
            types[place] = new(type, types[place].Errors + errors, types[place].Strength + errors);
            return place;
        }

        if (types.Count < Most)
        {
            types.Add(new(type, errors, errors));
            return types.Count - 1;
        }

        place = types.IndexOf(types.MinBy(known => known.Strength));
        var left = types[place].Strength - errors;
        isReplaced = left < 0;
        types[place] = isReplaced ? new(type, errors, errors) : types[place] with { Strength = left };
        return isReplaced ? place : -1;
    }

    /// <summary>What was learned counts half from now on.</summary>
    public void Decay()
    {
        for (var i = 0; i < types.Count; i++)
            types[i] = new(types[i].Type, types[i].Errors / 2, types[i].Strength / 2);
    }

    public void Save(StateWriter writer)
    {
        writer.Int32(types.Count);
        foreach (var (type, errors, strength) in types)
        {
            writer.UInt64(type);
            writer.Double(errors);
            writer.Double(strength);
        }
    }

    public void Load(StateReader reader)
    {
        for (var left = reader.Count(); left > 0; left--)
            types.Add(new(reader.UInt64(), reader.Double(), reader.Double()));
        if (types.Count > Most)
            throw new CheckpointFormatException($"The checkpoint is damaged: {types.Count} error types are learned, more than {Most}.");
    }

    private readonly record struct Learned(ulong Type, double Errors, double Strength);
}
