using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Tests.Pipeline;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void Load_NotACheckpoint_SaysSo()
    {
        var fault = Assert.Throws<CheckpointFormatException>(() => Checkpoint.Decode("a file of another kind"u8.ToArray()));

        Assert.Equal("This is not a checkpoint of Rx.Alerting.", fault.Message);
    }

    [Fact]
    public void Load_UnknownFormatVersion_SaysWhatToDo()
    {
        var checkpoint = Saved();
        checkpoint[4] = 99;

        var fault = Assert.Throws<CheckpointFormatException>(() => Checkpoint.Decode(checkpoint));

        Assert.Equal("The checkpoint's format has version 99, this build reads version 2: use the release that wrote it, or start without the checkpoint.", fault.Message);
    }

    [Fact]
    public void Load_CutAnywhere_IsRefusedAndNeverHalfRead()
    {
        var checkpoint = Saved();
        for (var length = 1; length < checkpoint.Length; length += 7)
            Assert.Throws<CheckpointFormatException>(() => Checkpoint.Decode(checkpoint.AsMemory(0, length)));
    }

    [Fact]
    public void Load_OneByteChanged_IsRefusedAndNeverHalfRead()
    {
        var checkpoint = Saved();
        for (var at = 8; at < checkpoint.Length; at += 11)
        {
            checkpoint[at] ^= 0x10;
            var fault = Assert.Throws<CheckpointFormatException>(() => Checkpoint.Decode(checkpoint));
            Assert.Equal("The checkpoint is damaged: its content does not fit its check sum. Restore a copy, or start without it.", fault.Message);
            checkpoint[at] ^= 0x10;
        }
    }

    [Fact]
    public void Load_OtherPaneInterval_SaysWhichSettingToChange()
    {
        var options = new PipelineOptions { Windows = new WindowOptions { PaneInterval = TimeSpan.FromSeconds(5) } };

        var fault = Assert.Throws<CheckpointFormatException>(() => new DetectionPipeline(options, Checkpoint.Decode(Saved())));

        Assert.Contains("Windows:PaneInterval", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Saved()
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        pipeline.OnNext(TestBatches.Of("p", new TestTraffic(1).Add(3000, "acme", ("a", 0.1)).Add(100, "acme", ("a", 0.9)).Views));
        return Checkpoint.Encode(pipeline.Save()).ToArray();
    }
}
