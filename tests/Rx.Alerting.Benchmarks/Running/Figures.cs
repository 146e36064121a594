using System.Globalization;

namespace Rx.Alerting.Benchmarks.Running;

/// <summary>Numbers by name, as a measured process prints them: <c>name=number</c> between blanks.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, double> values = [];

    public double this[string name]
    {
        get => values.TryGetValue(name, out var value) ? value : throw new ChildFailedException($"The measured process printed no {name}.");
        set => values[name] = value;
    }

    /// <summary>Takes every figure of a line. If a name comes again, the last figure counts, because it is of a warm round.</summary>
    public void Read(string line)
    {
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = word.IndexOf('=');
            if (split > 0 && double.TryParse(word.AsSpan(split + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                values[word[..split]] = value;
        }
    }

    /// <summary>Prints figures so that <see cref="Read"/> reads them.</summary>
    public static void Write(params ReadOnlySpan<(string Name, double Value)> figures)
    {
        var line = new List<string>();
        foreach (var (name, value) in figures)
            line.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.######}"));
        Console.WriteLine(string.Join(' ', line));
    }
}
