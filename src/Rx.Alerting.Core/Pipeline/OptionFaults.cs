using System.Globalization;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Collects every fault of a configuration, so that all are reported at once.</summary>
public sealed class OptionFaults
{
    private readonly List<string> faults = [];

    public IReadOnlyList<string> All => faults;

    /// <summary>Requires <paramref name="minimum"/> ≤ <paramref name="value"/> ≤ <paramref name="maximum"/>.</summary>
    public void Range<T>(string key, T value, T minimum, T maximum)
        where T : IComparable<T>, IFormattable
    {
        // A NaN compares as less than everything, so it is a fault too.
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
            Add(key, FormattableString.Invariant($"is {value}, must be from {minimum} to {maximum}"));
    }

    public void Require(bool condition, string key, string problem)
    {
        if (!condition)
            Add(key, problem);
    }

    private void Add(string key, string problem) => faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key} {problem}"));
}
