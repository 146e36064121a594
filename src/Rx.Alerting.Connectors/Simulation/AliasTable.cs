namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Draws an index by weight in constant time.</summary>
/// <remarks>The alias method of Walker (1977), built in linear time as in Vose (1991).</remarks>
internal sealed class AliasTable
{
    private readonly double[] keep;
    private readonly int[] alias;
    private readonly int[] stack;

    public AliasTable(int size)
    {
        keep = new double[size];
        alias = new int[size];
        stack = new int[size];
    }

    public static AliasTable Of(ReadOnlySpan<double> weights)
    {
        var table = new AliasTable(weights.Length);
        table.Fill(weights);
        return table;
    }

    /// <summary>Zipf's law: the weight of rank r (from 1) is r^-<paramref name="exponent"/>. Sums to 1.</summary>
    public static double[] ZipfWeights(int size, double exponent)
    {
        var weights = new double[size];
        var sum = 0.0;
        for (var rank = 0; rank < size; rank++)
            sum += weights[rank] = Math.Pow(rank + 1, -exponent);
        for (var rank = 0; rank < size; rank++)
            weights[rank] /= sum;
        return weights;
    }

    /// <summary>Builds the table anew for weights that need not sum to 1.</summary>
    public void Fill(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;

        // One array holds two stacks: weights below the mean from the front, the others from the back.
        int poor = 0, rich = weights.Length;
        for (var i = 0; i < weights.Length; i++)
        {
            keep[i] = weights[i] * weights.Length / sum;
            alias[i] = i;
            if (keep[i] < 1)
                stack[poor++] = i;
            else
                stack[--rich] = i;
        }

        while (poor > 0 && rich < weights.Length)
        {
            int low = stack[--poor], high = stack[rich];
            alias[low] = high;
            keep[high] -= 1 - keep[low];
            if (keep[high] < 1)
            {
                rich++;
                stack[poor++] = high;
            }
        }

        while (poor > 0)
            keep[stack[--poor]] = 1;
    }

    public int Draw(SimulationRandom random)
    {
        var index = (int)Math.BigMul(random.NextBits(), (ulong)keep.Length, out var rest);
        return rest * (1.0 / 18446744073709551616.0) < keep[index] ? index : alias[index];
    }
}
