using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Control;

/// <summary>What people are told of pauses and of options that were set at run time.</summary>
public sealed class OperationNoticesTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly FakeLogger<OperationNotices> log = new();
    private readonly FakeLogger<PipelineStatus> statusLog = new();
    private readonly DetectionPipeline pipeline = new(new PipelineOptions());
    private readonly PipelineHealth health = new(new WatchedStream("test", "a stream", new WholeStream("script", ScriptedSource.Silent)));
    private readonly PipelineStatus status;
    private readonly OperationNotices notices;

    public OperationNoticesTests()
    {
        status = new(clock, statusLog);
        notices = new(status, health, clock, log);
        health.Start();
        status.Begin("p", pipeline);
    }

    private IReadOnlyList<string> Messages => [.. log.Collector.GetSnapshot().Select(record => $"{record.Id.Id} {record.Message}")];

    public void Dispose()
    {
        notices.Dispose();
        pipeline.Dispose();
    }

    [Fact]
    public void Pause_WhileItLasts_IsToldOnceAMinuteAndTheServiceStaysReady()
    {
        Execute(new PauseCommand("1", "ann", "The broker moves"));
        for (var second = 0; second < 150; second++, clock.Advance(TimeSpan.FromSeconds(1)))
            notices.LookAgain();
        const string Doubt = "ready; p is paused: by ann (The broker moves); nothing is read, so nothing can be found";
        Assert.Equal((true, Doubt), (health.IsReady, health.Description));
        Execute(new ResumeCommand("2", "bob"));

        const string Paused = "1050 Pipeline p is paused: by ann (The broker moves). Nothing is read, and views stay where they are";
        Assert.Equal(
            [Paused, Paused, Paused, "1051 Pipeline p reads on, after 150000 ms in which it was paused here"], Messages);
        Assert.Equal("ready", health.Description);
    }

    [Fact]
    public void Pause_OfAPipelineThatLeaves_IsNotToldAnyMore()
    {
        Execute(new PauseCommand("1", "ann"));
        status.Forget("p");
        notices.LookAgain();

        Assert.Equal("ready", health.Description);
        Assert.Single(Messages);
    }

    [Fact]
    public void Options_AtTheStartAndWhenTheyChange_AreTold()
    {
        Execute(Set("1", ("Detection:MinimumErrors", "7"), ("Incidents:UpdateInterval", "1h")));
        notices.LookAgain();
        Execute(Set("2", ("Detection:MinimumErrors", null), ("Incidents:UpdateInterval", null)));

        Assert.Equal(
            [
                "1052 Options of pipeline p were set while it ran, and hold over what is configured (version 1): "
                + "Detection:MinimumErrors = 7, configured 5, by ann (Less noise); "
                + "Incidents:UpdateInterval = 1h, configured 5m, by ann (Less noise)",
                "1053 All options of pipeline p are as they are configured again",
            ],
            Messages);
    }

    [Fact]
    public void Begin_WithOptionsThatCannotHold_SaysWhichAreDropped()
    {
        Execute(Set("1", ("Incidents:ExpireAfterSilence", "10d"), ("Detection:MinimumErrors", "7")));
        var configured = new PipelineOptions
        {
            Windows = new() { TitleExpiry = TimeSpan.FromDays(5) },
            Detection = new DetectionOptions { MinimumErrors = 9 },
        };
        using var next = new DetectionPipeline(configured, pipeline.Save());

        status.Begin("p", next);
        notices.LookAgain();

        var dropped = Assert.Single(statusLog.Collector.GetSnapshot());
        Assert.Equal(1054, dropped.Id.Id);
        Assert.Contains("Incidents:ExpireAfterSilence = 10d, set by ann, is dropped", dropped.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "(version 2): Detection:MinimumErrors = 7, configured 9, by ann (Less noise)", Messages[^1], StringComparison.Ordinal);
    }

    private static SetOptionsCommand Set(string id, params (string Key, string? Value)[] options) =>
        new(id, "ann", [.. options.Select(option => KeyValuePair.Create(option.Key, option.Value))], "Less noise");

    private void Execute(ControlCommand command)
    {
        Assert.Equal(CommandStatus.Done, pipeline.Execute(command).Status);
        status.Settle("p", pipeline);
        notices.LookAgain();
    }
}
