namespace Rx.Alerting.Service.Tests.Documents;

public sealed class ReadmeTests
{
    private const int MaximumLines = 120;

    /// <summary>A reader sees all of it in a few minutes; what is longer has a document of its own.</summary>
    [Fact]
    public void Readme_Length_IsBounded() => Assert.InRange(File.ReadLines(Repository.PathOf("README.md")).Count(), 1, MaximumLines);
}
