using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Traffic;

/// <summary>Numbers from 0 whose frequency falls as 1/(number + 1), as that of titles does.</summary>
internal sealed class Zipf
{
    // Drawn from a table of equally likely numbers: one random number and one load each.
    private readonly int[] table = new int[1 << 20];

    public Zipf(int count)
    {
        double total = 0;
        for (var i = 0; i < count; i++)
            total += 1.0 / (i + 1);

        double sum = 0;
        var filled = 0;
        for (var i = 0; i < count; i++)
        {
            sum += 1.0 / (i + 1);
            for (var until = (int)(table.Length * sum / total); filled < until; filled++)
                table[filled] = i;
        }

        Array.Fill(table, count - 1, filled, table.Length - filled);
    }

    public int Next(SplitMix random) => table[random.Next(table.Length)];
}
