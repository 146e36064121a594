using System.Globalization;

namespace Rx.Alerting.Service.Tests.Replay;

/// <summary>Reads the numbers at the end of a replay.</summary>
internal static class Summary
{
    public static long Of(string output, string name)
    {
        var words = output.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Last(words => words.Length > 1 && words[0] == name);
        return long.Parse(words[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
