using System.Text.RegularExpressions;

namespace Rx.Alerting.Service.Tests.Documents;

/// <summary>A Markdown file: its headings as GitHub makes anchors of them, and its links. Fenced code has neither.</summary>
internal sealed partial class MarkdownDocument
{
    private readonly string path;
    private readonly List<string> lines = [];

    private MarkdownDocument(string path)
    {
        this.path = path;
        var fenced = false;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            else if (!fenced)
                lines.Add(line);
        }
    }

    public static MarkdownDocument Read(string path) => new(path);

    /// <summary>Targets of links and pictures that are in this repository.</summary>
    public IReadOnlyList<string> Links =>
    [
        .. lines.SelectMany(line => Link().Matches(Code().Replace(line, string.Empty)))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal)),
    ];

    /// <summary>The links whose file or anchor does not exist.</summary>
    public IReadOnlyList<string> BrokenLinks => [.. Links.Where(IsBroken)];

    private HashSet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var heading in lines.Select(line => Heading().Match(line)).Where(match => match.Success))
            {
                var anchor = Slug(heading.Groups["text"].Value);
                var unique = anchor;
                for (var i = 1; !anchors.Add(unique); i++)
                    unique = $"{anchor}-{i}";
            }

            return anchors;
        }
    }

    private static string Slug(string heading) => NoLetter().Replace(heading.Trim(), string.Empty).Replace(' ', '-').ToLowerInvariant();

    private bool IsBroken(string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
        if (!Path.Exists(file))
            return true;
        return parts.Length == 2 && !(Path.GetExtension(file) == ".md" && Read(file).Anchors.Contains(parts[1]));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex("^#{1,6} (?<text>.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\-_ ]")]
    private static partial Regex NoLetter();
}
