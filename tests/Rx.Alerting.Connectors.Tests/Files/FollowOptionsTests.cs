using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Files.Following;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Tests.Files;

public sealed class FollowOptionsTests
{
    [Fact]
    public void Construct_ManyFaults_NamesThemAll()
    {
        var options = new FollowOptions
        {
            Paths = ["-", "a.log", "a.log", "b.log.gz", "/var/*/a.log", "/var/{a.log", "b.log}", "~/c.log"],
            Format = RecordFormat.MuxProtobuf,
            StartAt = StartAt.Latest,
            PollInterval = TimeSpan.Zero,
            RotationWait = TimeSpan.FromHours(1),
            MaximumFiles = 0,
        };
        var failure = Assert.Throws<FileSourceException>(
            () => new FollowedFileSource(options, TimeProvider.System, NullLogger<FollowedFileSource>.Instance));
        Assert.Equal(
            [
                "Follow:Paths has -, but the standard input cannot be followed; give it to replay",
                "Follow:Paths has a.log more than once",
                "Follow:Paths has /var/*/a.log, whose folder has a wildcard; only the last part may have one, so name each folder",
                "Follow:Paths has /var/{a.log, which is a part of a list in braces; "
                + "only a shell understands those, so name each file, or use a wildcard",
                "Follow:Paths has b.log}, which is a part of a list in braces; "
                + "only a shell understands those, so name each file, or use a wildcard",
                "Follow:Paths has ~/c.log, whose ~ only a shell understands; write the whole path",
                "Follow:Paths has b.log.gz, but compressed files do not grow; read them with replay",
                "Follow:StartAt cannot be latest with mux-protobuf, as nothing tells where records begin in the middle",
                "Follow:PollInterval is 0s, must be from 10ms to 1m",
                "Follow:RotationWait is 1h, must be from 0s to 10m",
                "Follow:MaximumFiles is 0, must be from 1 to 65536",
            ],
            failure.Faults);
    }

    [Theory]
    [InlineData("app.log", "app.log.1", true)]
    [InlineData("app.log", "app.log.2.gz", true)]
    [InlineData("app.log", "app.log-20261125", true)]
    [InlineData("app.log", "app.log.2026-11-25T10:00", true)]
    [InlineData("app.log", "app-20261125.log", true)]
    [InlineData("app.log", "app.1.log", true)]
    [InlineData("access", "access.1", true)]
    [InlineData("app.log", "app.log", false)]
    [InlineData("app.log", "app-1.log", false)]
    [InlineData("app.log", "app.log.bak", false)]
    [InlineData("app.log", "app2.log", false)]
    [InlineData("access.20261124", "access.20261125", false)]
    public void TryParse_Name_TellsRotationsFromOtherLogs(string log, string name, bool expected) =>
        Assert.Equal(expected, RotationName.TryParse(log, name, out _));

    [Fact]
    public void CompareTo_Names_AreOldestFirst()
    {
        string[] sorted = ["a-20261124", "a-20261125", "a.12", "a.10.gz", "a.9", "a.1"];
        Assert.Equal(sorted, sorted.Reverse().OrderBy(name => RotationName.TryParse("a", name, out var rotation) ? rotation : default));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("12-00000000000000ff@345")]
    [InlineData("12-00000000000000ff:200@0")]
    [InlineData("12-00000000000000ff.0000abcd@345")]
    [InlineData("12.18a3f-00000000000000ff:200.ffffffff@345")]
    [InlineData("18446744073709551615-ffffffffffffffff@9223372036854775807")]
    public void TryParse_Position_ComesBackAsItWas(string text)
    {
        Assert.True(FilePosition.TryParse(text, out var position));
        Assert.Equal(text, position.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("1-2-3@4")]
    [InlineData("1-2@-4")]
    [InlineData("1@2-3")]
    [InlineData("1-2:257@3")]
    public void TryParse_NoPosition_IsFalse(string text) => Assert.False(FilePosition.TryParse(text, out _));
}
