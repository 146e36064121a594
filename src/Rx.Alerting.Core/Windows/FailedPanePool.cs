using System.Numerics;

namespace Rx.Alerting.Core.Windows;

/// <summary>Arrays of <see cref="FailedPane"/> to use again. Their lengths are powers of two.</summary>
/// <remarks>
/// Each window grows and shrinks by chance; their sum hardly changes. When a length runs out, an eighth more arrays than needed are made.
/// So after a while there are enough of every length, and nothing is allocated any more.
/// </remarks>
internal sealed class FailedPanePool
{
    private const int MaximumSpare = 1024;
    private const int MaximumRoom = 4096;

    private readonly Stack<FailedPane[]>?[] free = new Stack<FailedPane[]>?[31];
    private readonly int[] made = new int[31];

    /// <summary>An array of at least <paramref name="length"/> entries, whose contents are undefined.</summary>
    public FailedPane[] Rent(int length)
    {
        var size = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)length));
        var stack = free[size] ??= new Stack<FailedPane[]>();
        if (stack.TryPop(out var entries))
            return entries;
        var spare = Math.Min(made[size] / 8, MaximumSpare);
        made[size] += spare + 1;
        stack.EnsureCapacity(Math.Min(made[size], MaximumRoom)); // So that giving back does not allocate either.
        for (; spare > 0; spare--)
            stack.Push(new FailedPane[1 << size]);
        return new FailedPane[1 << size];
    }

    /// <summary>Gives the array back. Empty arrays are not pooled.</summary>
    public void Return(FailedPane[] entries)
    {
        if (entries.Length > 0)
            (free[BitOperations.Log2((uint)entries.Length)] ??= new Stack<FailedPane[]>()).Push(entries);
    }
}
