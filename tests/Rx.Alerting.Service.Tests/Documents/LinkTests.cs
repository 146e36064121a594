namespace Rx.Alerting.Service.Tests.Documents;

/// <summary>Links between the documents lead somewhere.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Documents =>
    [
        "README.md",
        "src/ARCHITECTURE.md",
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md")
            .Select(path => $"docs/{Path.GetFileName(path)}")
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Links_LeadToFilesAndAnchorsThatExist(string document) =>
        Assert.Empty(MarkdownDocument.Read(Repository.PathOf(document)).BrokenLinks);

    [Fact]
    public void BrokenLinks_MissingFileAndMissingAnchors_AreFound()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            Path.Combine(folder.Path, "other.md"), "# Other\n## `Http` and 2 more: a–b\n## Twice\n## Twice\n```\n# Code\n```\n");
        var text = """
            # One
            [a](other.md) [b](other.md#http-and-2-more-ab) [c](other.md#twice-1) [d](#one) [e](https://example.org/none.md)
            [f](none.md) ![g](none.svg) [h](other.md#code) [i](other.md#twice-2) [j](#two) `[k](none.md)`
            """;
        var path = Path.Combine(folder.Path, "one.md");
        File.WriteAllText(path, text);

        Assert.Equal(["none.md", "none.svg", "other.md#code", "other.md#twice-2", "#two"], MarkdownDocument.Read(path).BrokenLinks);
    }
}
