namespace Rx.Alerting.Service.Explain;

/// <summary>Views of one level that share all values.</summary>
/// <param name="level">As <see cref="ViewSketch"/> has it.</param>
/// <param name="values">Hashes by column; 0: the views do not say.</param>
internal sealed class SketchRow(int level, ulong[] values)
{
    public int Level => level;

    public ulong[] Values => values;

    /// <summary>Views in the interval.</summary>
    public long Inside { get; private set; }

    /// <summary>Views before it.</summary>
    public long Before { get; private set; }

    public void Count(bool isBefore)
    {
        if (isBefore)
            Before++;
        else
            Inside++;
    }
}
