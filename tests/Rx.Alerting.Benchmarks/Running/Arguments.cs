using System.Globalization;

namespace Rx.Alerting.Benchmarks.Running;

/// <summary>Options of the form <c>--name value</c>, over defaults.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> values;

    public Arguments(ReadOnlySpan<string> args, IReadOnlyDictionary<string, string> defaults, bool anyName = false)
    {
        values = new Dictionary<string, string>(defaults);
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal)
                ? args[i][2..]
                : throw new FormatException($"{args[i]} is no option.");
            if (!anyName && !defaults.ContainsKey(name))
                throw new FormatException($"There is no option --{name}.");
            values[name] = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"--{name} needs a value.");
        }
    }

    public string this[string name] => values.TryGetValue(name, out var value) ? value : throw new FormatException($"--{name} is missing.");

    public int Int(string name) =>
        int.TryParse(this[name], NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) && value >= 0
        ? value
        : throw new FormatException($"--{name} must be a whole number, is {this[name]}.");
}
