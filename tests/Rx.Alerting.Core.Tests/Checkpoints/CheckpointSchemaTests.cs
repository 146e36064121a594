using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Checkpoints;

public sealed class CheckpointSchemaTests
{
    private const string Advice =
        "Or keep a copy with its “rx-alerting checkpoint export”, and begin anew with “rx-alerting checkpoint reset”.";

    [Theory]
    [InlineData(9, CheckpointFormatProblem.Newer, "a newer")]
    [InlineData(0, CheckpointFormatProblem.Older, "an older")]
    public void Load_UnknownVersionOfTheHeader_SaysWhatToDo(byte version, CheckpointFormatProblem problem, string age)
    {
        var fault = Fault(header => header[0] = version);

        Assert.Equal(problem, fault.Problem);
        Assert.Equal(
            $"The checkpoint was written by {age} Rx.Alerting: its header has version {version}, this build reads version 4. "
            + $"Run that release. {Advice}",
            fault.Message);
    }

    [Theory]
    [InlineData(9, CheckpointFormatProblem.Newer, "a newer")]
    [InlineData(0, CheckpointFormatProblem.Older, "an older")]
    public void Load_UnknownVersionOfASection_NamesItAndSaysWhatToDo(byte version, CheckpointFormatProblem problem, string age)
    {
        // The header begins with its version and the number of states. Then come the length and name of the first state, and its version.
        var fault = Fault(header => header[4 + 4 + 1 + 4 + StateSections.Positions.Length] = version);

        Assert.Equal(problem, fault.Problem);
        Assert.Equal(
            $"The checkpoint was written by {age} Rx.Alerting: its section “positions” has version {version}, "
            + $"this build reads version 1. Run that release. {Advice}",
            fault.Message);
    }

    [Fact]
    public void Load_UnknownSection_NamesIt()
    {
        var fault = Fault(header => header[4 + 4 + 1 + 4] = (byte)'P');

        Assert.Equal(CheckpointFormatProblem.OtherSchema, fault.Problem);
        Assert.Equal(
            "The checkpoint was written by another build of Rx.Alerting: "
            + $"it has a section “Positions” that this build does not know. Run that build. {Advice}",
            fault.Message);
    }

    /// <summary>Stores put the names into keys and scripts.</summary>
    [Fact]
    public void Sections_HaveNamesOfLettersOnly() => Assert.All(StateSections.All, name => Assert.Matches("^[a-z]+$", name));

    [Fact]
    public void Load_OtherLayoutUnderTheSameVersion_IsRefused()
    {
        // The last byte belongs to the text of the last layout.
        var fault = Fault(header => header[^1] ^= 1);

        Assert.Equal(CheckpointFormatProblem.OtherSchema, fault.Problem);
        Assert.Contains(
            $"its section “facets circumstances” of version 3 is encoded otherwise than this build knows. Run that build. {Advice}",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HeaderCut_IsDamaged()
    {
        var entries = Saved();
        for (var length = 0; length < entries[0].Value.Length; length++)
        {
            var cut = entries[0] with { Value = entries[0].Value[..length] };
            Assert.Equal(CheckpointFormatProblem.Damaged, Refused([cut, .. entries.Skip(1)]).Problem);
        }
    }

    [Fact]
    public void Load_WithoutHeader_SaysHowItCanHaveComeAbout()
    {
        var fault = Refused([.. Saved().Skip(1)]);

        Assert.Equal(
            "The checkpoint is not whole: it has no header. "
            + "If an import was broken off, repeat it with “rx-alerting checkpoint import --force”; "
            + "else restore a copy, or begin anew with “rx-alerting checkpoint reset”.",
            fault.Message);
    }

    [Fact]
    public void Load_AnyEntryCutOrLonger_IsDamaged()
    {
        var entries = Saved();
        for (var i = 1; i < entries.Count; i++)
        {
            var (key, value) = entries[i];
            Assert.Equal(CheckpointFormatProblem.Damaged, Refused(With(value[..^1])).Problem);
            Assert.Equal(CheckpointFormatProblem.Damaged, Refused(With((byte[])[.. value.Span, 0])).Problem);

            IReadOnlyList<StateEntry> With(ReadOnlyMemory<byte> other) =>
                [.. entries.Select(entry => entry.Key == key ? new StateEntry(key, other) : entry)];
        }
    }

    [Fact]
    public void Load_OtherPaneInterval_SaysWhichSettingToChange()
    {
        var options = new PipelineOptions { Windows = new WindowOptions { PaneInterval = TimeSpan.FromSeconds(5) } };

        var fault = Refused(Saved(), options);

        Assert.Equal(CheckpointFormatProblem.OtherOptions, fault.Problem);
        Assert.Contains("Windows:PaneInterval", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_OfPipelines_IsThatOfTheirHeader() => Assert.False(DetectionPipeline.Schema.Read(Saved()[0]).IsOlder);

    [Theory]
    [InlineData("a")]
    [InlineData("a i32,")]
    [InlineData("a i32 b")]
    [InlineData("a (b i32")]
    [InlineData("a i32 if")]
    public void Layout_ThatIsNone_IsRefused(string fields) => Assert.Throws<FormatException>(() => new StateLayout(1, $"panes: {fields}"));

    private static CheckpointFormatException Fault(Action<byte[]> change)
    {
        var entries = Saved();
        var header = entries[0].Value.ToArray();
        change(header);
        return Refused([entries[0] with { Value = header }, .. entries.Skip(1)]);
    }

    private static CheckpointFormatException Refused(IReadOnlyList<StateEntry> entries, PipelineOptions? options = null) =>
        Assert.Throws<CheckpointFormatException>(() => new DetectionPipeline(options ?? new PipelineOptions(), entries));

    private static IReadOnlyList<StateEntry> Saved()
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        var batch = TestBatches.Of("p", new TestTraffic(1).Add(300, "acme", ("a", 0.1)).Add(100, "acme", ("a", 0.9)).Views);
        batch.Position = "1";
        pipeline.OnNext(batch);
        return pipeline.Save();
    }
}
