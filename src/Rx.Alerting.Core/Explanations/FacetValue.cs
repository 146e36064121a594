using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>A value that is told apart, and what was learned of it.</summary>
internal struct FacetValue
{
    public const string Layout = "value bytes, views f64, errors [learned f64]";

    public byte[] Text;

    /// <summary>Of the text.</summary>
    public ulong Hash;

    /// <summary>Kept rows with the value.</summary>
    public int Uses;

    /// <summary>Views with the value that were learned.</summary>
    public float Views;

    public TypeErrors Errors;

    public readonly void Save(StateWriter writer)
    {
        ReadOnlySpan<float> errors = Errors;
        var types = errors.LastIndexOfAnyExcept(0) + 1;
        writer.Bytes(Text);
        writer.Double(Views);
        writer.Int32(types);
        foreach (var learned in errors[..types])
            writer.Double(learned);
    }

    /// <summary>Reads what follows the text.</summary>
    public void Load(StateReader reader)
    {
        Views = (float)reader.Double();
        for (var (type, types) = (0, reader.Count()); type < types; type++)
            Errors[type] = (float)reader.Double();
    }

    /// <summary>Those of the views that failed, by the places of <see cref="LearnedTypes"/>.</summary>
    [InlineArray(LearnedTypes.Most)]
    public struct TypeErrors
    {
        private float first;
    }
}
