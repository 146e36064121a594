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
/// Where the files of a log are: where its path says and, if that is a symbolic link, where the link leads to. There it is rotated, and there
/// stay the files that the link led to before.
/// </summary>
internal sealed partial class LogPlaces(string path)
{
    private const int MostLinks = 40;
    private const int Remembered = 16;

    private readonly List<LogPlace> earlier = [];
    private LogPlace? target;

    /// <summary>Where the link led to before, oldest first.</summary>
    internal IReadOnlyList<LogPlace> Earlier => earlier;

    /// <summary>The path's place, then that of every link's target; more than one only for links. The last one has the file.</summary>
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

    /// <summary>The position is in this file: if the link led to it, or to what it was renamed from, it led from there to where it leads now.</summary>
    /// <param name="file">A file of any name.</param>
    internal void Found(string file)
    {
        var place = LogPlace.Of(file);
        var places = Now();
        if (places.Count == 1 || place.Folder != places[^1].Folder || places.Any(now => IsOf(now.Name, place.Name)))
            return;
        var names = Directory.EnumerateFiles(place.Folder).Select(name => Path.GetFileName(name)).ToList();
        var first = names.Where(name => RotationName.TryParse(name, place.Name, out _)).MaxBy(name => name.Length) ?? place.Name;
        var shape = Digits().Replace(first, "0");
        var between = names
            .Where(name => Digits().Replace(name, "0") == shape && Order(name, first) >= 0 && Order(name, places[^1].Name) < 0)
            .Order(Comparer<string>.Create(Order));
        foreach (var name in shape == Digits().Replace(places[^1].Name, "0") ? [.. between] : new[] { first })
            Add(new(place.Folder, name));
    }

    /// <summary>Whether a file's name is the log's in one of its places, or says that the log was rotated to it.</summary>
    internal bool Has(string file) =>
        Now().Concat(earlier).Any(place => IsOf(place.Name, Path.GetFileName(file)));

    private static bool IsOf(string log, string name) => name == log || RotationName.TryParse(log, name, out _);

    /// <summary>By the numbers in the names, which are of one shape.</summary>
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
