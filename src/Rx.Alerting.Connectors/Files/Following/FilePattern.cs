using System.Text;
using System.Text.RegularExpressions;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// A path whose last part has wildcards, as a shell has them: <c>*</c>, <c>?</c> and <c>[a-z]</c>. No shell has expanded the path if it was
/// in quotes, or in a file of settings. Only a pattern that begins with a dot matches hidden files.
/// </summary>
internal sealed class FilePattern
{
    private static readonly char[] Wildcards = ['*', '?'];

    private readonly Regex names;
    private readonly bool hidden;

    /// <param name="path">A path for which <see cref="IsPattern"/> holds.</param>
    internal FilePattern(string path)
    {
        Path = path;
        Folder = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var name = System.IO.Path.GetFileName(path);
        hidden = name[0] == '.';
        var letterCase = OperatingSystem.IsLinux() ? RegexOptions.None : RegexOptions.IgnoreCase;
        names = new(Translate(name), RegexOptions.CultureInvariant | RegexOptions.Singleline | letterCase);
    }

    internal string Path { get; }

    internal string Folder { get; }

    internal static bool IsPattern(string path) =>
        HasClass(System.IO.Path.GetFileName(path)) || HasWildcard(System.IO.Path.GetFileName(path));

    /// <summary>Why only a shell would understand a path, as a clause. Null if the path is right.</summary>
    internal static string? WhyNot(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path) ?? string.Empty;
        if (HasWildcard(folder))
            return "whose folder has a wildcard; only the last part may have one, so name each folder";
        if (path.Contains('{', StringComparison.Ordinal) != path.Contains('}', StringComparison.Ordinal))
            return "which is a part of a list in braces; only a shell understands those, so name each file, or use a wildcard";
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            return "whose ~ only a shell understands; write the whole path";
        return null;
    }

    internal bool Matches(string file)
    {
        var name = System.IO.Path.GetFileName(file);
        return (hidden || name[0] != '.') && names.IsMatch(name);
    }

    private static bool HasWildcard(string text) => text.IndexOfAny(Wildcards) >= 0;

    private static bool HasClass(string name) =>
        name.IndexOf('[', StringComparison.Ordinal) is >= 0 and var open && EndOfClass(name, open) > 0;

    /// <summary>Where a class of characters ends; -1 if no class begins there. The first character of a class may be <c>]</c>.</summary>
    private static int EndOfClass(string name, int open)
    {
        var first = open + (name.AsSpan(open + 1) is ['!' or '^', ..] ? 2 : 1);
        return first + 1 < name.Length ? name.IndexOf(']', first + 1) : -1;
    }

    private static string Translate(string name)
    {
        var regex = new StringBuilder(@"\A");
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '[' && EndOfClass(name, i) is > 0 and var end)
            {
                var negated = name[i + 1] is '!' or '^';
                var members = name[(i + (negated ? 2 : 1))..end]
                    .Replace(@"\", @"\\", StringComparison.Ordinal)
                    .Replace("[", @"\[", StringComparison.Ordinal)
                    .Replace("]", @"\]", StringComparison.Ordinal);
                regex.Append(negated ? "[^" : "[").Append(members).Append(']');
                i = end;
            }
            else
            {
                regex.Append(name[i] switch { '*' => ".*", '?' => ".", var plain => Regex.Escape(plain.ToString()) });
            }
        }

        return regex.Append(@"\z").ToString();
    }
}
