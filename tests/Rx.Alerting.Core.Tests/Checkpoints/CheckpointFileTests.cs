using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Checkpoints;

public sealed class CheckpointFileTests
{
    [Fact]
    public void Read_WhatWasWritten_GivesItBack()
    {
        var entries = Saved();

        var file = ExportedState.Bytes(entries, chunk: 3);

        Assert.Equal(ExportedState.Origin, new CheckpointFileReader(new MemoryStream(file)).Origin);
        Assert.Equal(entries.Select(Shown), ExportedState.Entries(file).Select(Shown));
    }

    [Theory]
    [InlineData("a file of another kind")]
    [InlineData("")]
    public void Read_NotACheckpoint_SaysSo(string content)
    {
        var fault = Fault(System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Equal(CheckpointFormatProblem.NotACheckpoint, fault.Problem);
        Assert.Equal(
            "This is not a checkpoint of Rx.Alerting: give a file that “rx-alerting checkpoint export” has written.", fault.Message);
    }

    [Theory]
    [InlineData(99, CheckpointFormatProblem.Newer, "a newer")]
    [InlineData(2, CheckpointFormatProblem.Older, "an older")]
    public void Read_UnknownFormatVersion_SaysWhatToDo(byte version, CheckpointFormatProblem problem, string age)
    {
        var file = ExportedState.Bytes(Saved());
        file[4] = version;

        var fault = Fault(file);

        Assert.Equal(problem, fault.Problem);
        Assert.Equal(
            $"The checkpoint was written by {age} Rx.Alerting: its file format has version {version}, this build reads version 3. "
            + "Run that release. "
            + "Or keep a copy with its “rx-alerting checkpoint export”, and begin anew with “rx-alerting checkpoint reset”.",
            fault.Message);
    }

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var file = ExportedState.Bytes(Saved(), chunk: 10);
        for (var length = 8; length < file.Length; length += 7)
        {
            var fault = Fault(file[..length]);
            Assert.Equal(CheckpointFormatProblem.Damaged, fault.Problem);
            Assert.Contains($"it ends at byte {length}", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OneByteChanged_IsRefused()
    {
        var file = ExportedState.Bytes(Saved(), chunk: 10);
        for (var at = 8; at < file.Length; at += 11)
        {
            file[at] ^= 0x10;
            Assert.Equal(CheckpointFormatProblem.Damaged, Fault(file).Problem);
            file[at] ^= 0x10;
        }
    }

    [Fact]
    public void Read_CheckSumChanged_SaysSo()
    {
        var file = ExportedState.Bytes(Saved());
        file[^1] ^= 1;

        Assert.Equal("The checkpoint is damaged: its content does not fit its check sum. Take another copy.", Fault(file).Message);
    }

    [Fact]
    public void Read_BlockLeftOutOrMore_IsRefused()
    {
        var entries = Saved();
        var (whole, without) = (ExportedState.Bytes(entries, chunk: 10), ExportedState.Bytes([.. entries.Skip(10)], chunk: 10));
        var begin = ExportedState.Bytes([]).Length - 24; // Without the last block: length, count, number of entries, check sum.

        Fault([.. whole[..begin], .. whole[(begin + whole.Length - without.Length)..]]);
        Fault([.. whole, 0]);
    }

    private static CheckpointFormatException Fault(byte[] file) =>
        Assert.Throws<CheckpointFormatException>(() => ExportedState.Entries(file));

    private static string Shown(StateEntry entry) => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}";

    private static IReadOnlyList<StateEntry> Saved()
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        pipeline.OnNext(TestBatches.Of("p", new TestTraffic(1).Add(3000, "acme", ("a", 0.1)).Add(100, "acme", ("a", 0.9)).Views));
        return pipeline.Save();
    }
}
