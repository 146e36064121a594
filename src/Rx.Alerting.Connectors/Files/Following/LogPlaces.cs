using System.Text.RegularExpressions;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>A folder, and the name that a log has in it.</summary>
internal readonly record struct LogPlace(string Folder, string Name)
{
    internal string Path => System.IO.Path.Combine(Folder, Name);

    internal static LogPlace Of(string path) =>
        new(System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".", System.IO.Path.GetFileName(path));
}

/// <summary>
/// The places where the files of a log are: the log's path, and, if that is a symbolic link, the link's target. Rotated files are in the
/// folder of the target, and so are the files that the link led to before.
/// </summary>
internal sealed partial class LogPlaces(string path)
{
    private const int MostLinks = 40;
    private const int Remembered = 16;

    private readonly List<LogPlace> earlier = [];
    private LogPlace? target;

    /// <summary>The targets that the link had before, oldest first.</summary>
    internal IReadOnlyList<LogPlace> Earlier => earlier;

    /// <summary>The place of the path, and then the place of every link's target. The last place has the file.</summary>
    internal static List<LogPlace> Along(string path)
    {
        var places = new List<LogPlace> { LogPlace.Of(path) };
        while (places.Count <= MostLinks && new FileInfo(places[^1].Path).LinkTarget is { } next)
            places.Add(LogPlace.Of(Path.Combine(places[^1].Folder, next)));
        return places;
    }

    /// <inheritdoc cref="Along"/>
    internal IReadOnlyList<LogPlace> Now()
    {
        var places = Along(path);
        if (target is { } before && before != places[^1])
            Add(before);
        target = places[^1];
        return places;
    }

    /// <summary>
    /// The position is in this file. If the link led to the file, perhaps under an earlier name, then the link has since led from that name
    /// to its target of now. The names between are earlier targets, too.
    /// </summary>
    /// <param name="file">A file of any name.</param>
    internal void Found(string file)
    {
        var place = LogPlace.Of(file);
        var places = Now();
        if (places.Count == 1
            || place.Folder != places[^1].Folder
            || places.Any(now => IsOf(now.Name, place.Name)))
        {
            return;
        }

        var names = Directory.EnumerateFiles(place.Folder).Select(name => Path.GetFileName(name)).ToList();
        var first = names.Where(name => RotationName.TryParse(name, place.Name, out _)).MaxBy(name => name.Length) ?? place.Name;
        var shape = Digits().Replace(first, "0");
        var between = names
            .Where(name => Digits().Replace(name, "0") == shape && Order(name, first) >= 0 && Order(name, places[^1].Name) < 0)
            .Order(Comparer<string>.Create(Order));
        foreach (var name in shape == Digits().Replace(places[^1].Name, "0") ? [.. between] : new[] { first })
            Add(new(place.Folder, name));
    }

    /// <summary>Whether a file has the log's name in one of its places, or a name that the log gets by rotation.</summary>
    internal bool Has(string file) =>
        Now().Concat(earlier).Any(place => IsOf(place.Name, Path.GetFileName(file)));

    private static bool IsOf(string log, string name) => name == log || RotationName.TryParse(log, name, out _);

    /// <summary>Compares names by the numbers in them. The names must be equal except for the numbers.</summary>
    private static int Order(string one, string other) => Digits().Matches(one)
        .Zip(Digits().Matches(other), (a, b) => (A: a.Value.TrimStart('0'), B: b.Value.TrimStart('0')))
        .Select(pair => pair.A.Length != pair.B.Length ? pair.A.Length.CompareTo(pair.B.Length) : string.CompareOrdinal(pair.A, pair.B))
        .FirstOrDefault(order => order != 0);

    private void Add(LogPlace place)
    {
        earlier.Remove(place);
        earlier.Add(place);
        if (earlier.Count > Remembered)
            earlier.RemoveAt(0);
    }

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
