namespace Rx.Alerting.Service.Tests.Architecture;

/// <summary>Code is to be read on one screen, beside a diff.</summary>
public sealed class LineTests
{
    private const int MaximumLength = 140;

    [Fact]
    public void Lines_OfCode_AreNoLongerThanTheScreen()
    {
        var sources = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            .ToList();

        var tooLong =
            from file in sources
            from line in File.ReadLines(file).Index()
            where line.Item.Length > MaximumLength
            select $"{Path.GetRelativePath(Repository.Root, file)}({line.Index + 1}): {line.Item.Length} characters";

        Assert.NotEmpty(sources);
        Assert.True(!tooLong.Any(), string.Join(Environment.NewLine, tooLong));
    }
}
