using System.Globalization;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Tests.Options;

/// <summary>Options are set as a whole, with every fault at once.</summary>
public sealed class AdjustableOptionsTests
{
    private const string Errors = "Detection:MinimumErrors", Tail = "Detection:TailProbability", Silence = "Incidents:ExpireAfterSilence";

    private readonly PipelineOptions configured = new() { Windows = new WindowOptions { TitleExpiry = TimeSpan.FromDays(2) } };
    private readonly PipelineOptions inForce;
    private readonly AdjustableOptions options;

    public AdjustableOptionsTests()
    {
        inForce = configured with { Detection = configured.Detection with { }, Incidents = configured.Incidents with { } };
        options = new(configured, inForce);
    }

    [Fact]
    public void Set_InAnyCaseAndNotation_IsInForceAndLeavesTheConfiguration()
    {
        Assert.Empty(Set(("detection:MINIMUMERRORS", " 007 "), (Silence, "1.5h"), (Tail, "1e-4")));

        Assert.Equal((7, TimeSpan.FromMinutes(90), 1e-4), (inForce.Detection.MinimumErrors, inForce.Incidents.ExpireAfterSilence,
            inForce.Detection.TailProbability));
        Assert.Equal(("7", "5", "90m"), (options.InForce(Errors), options.Configured(Errors), options.InForce(Silence)));
        Assert.Equal(5, configured.Detection.MinimumErrors);
        Assert.Empty(Set((Errors, null)));
        Assert.Equal("5", options.InForce(Errors));
    }

    [Theory]
    [InlineData(Errors, "0", $"{Errors} is 0, must be from 1 to 1000000")]
    [InlineData(Errors, "7.5", $"{Errors} is “7.5”, must be a whole number")]
    [InlineData(Errors, "", $"{Errors} is “”, must be a whole number")]
    [InlineData(Errors, "99999999999999999999", $"{Errors} is “99999999999999999999”, must be a whole number")]
    [InlineData(Tail, "NaN", $"{Tail} is “NaN”, must be a number such as 0.05 or 1e-6")]
    [InlineData(Tail, "1e999", $"{Tail} is “1e999”, must be a number such as 0.05 or 1e-6")]
    [InlineData(Tail, "-1", $"{Tail} is -1, must be from 1E-15 to 0.1")]
    [InlineData(Silence, "30", $"{Silence} is “30”, must be a span of time such as 250ms, 30s, 2m, 1.5h, 7d or 00:02:00")]
    [InlineData(Silence, "3d", $"{Silence} is 3d, must not be longer than Windows:TitleExpiry, 2d")]
    public void Set_WhatCannotBe_SaysWhyAndChangesNothing(string key, string value, string expected)
    {
        Assert.Equal([expected], Set((key, value), ("Detection:MinimumExcess", "9")));

        Assert.Equal(configured, inForce);
    }

    [Fact]
    public void Set_ManyFaults_TellsAllOfThemAndWhatCanBeSet()
    {
        var faults = Set(
            ("Windows:PaneInterval", "2s"), (Errors, "x"), (Errors.ToUpperInvariant(), "7"), ("RabbitMq:Uri", "amqp://ann:secret@host"));

        Assert.Equal(
            [
                "Windows:PaneInterval cannot be set while the service runs", $"{Errors} is “x”, must be a whole number",
                "DETECTION:MINIMUMERRORS is given twice", "RabbitMq:Uri cannot be set while the service runs",
            ],
            faults.SkipLast(1));
        Assert.StartsWith("options can be Detection:TailProbability, Detection:MinimumRatio, ", faults[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(faults, fault => fault.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 22)]
    [InlineData(10_000, 1)]
    public void Set_FarTooMany_SaysSoInFewWords(int count, int expected)
    {
        var faults = Set([.. Enumerable.Range(0, count).Select(i => ($"{i}{new string('k', 1000)}", (string?)"1"))]);

        Assert.Equal(expected, faults.Count);
        Assert.InRange(faults.Sum(fault => fault.Length), 1, 5000);
    }

    /// <summary>Every adjustable option can be set to another value, and is read as that.</summary>
    [Fact]
    public void Set_EveryAdjustableOption_IsInForce()
    {
        foreach (var option in AdjustableOption.Of(typeof(PipelineOptions)))
        {
            var value = option.Get(configured) switch
            {
                double number => (number == 0 ? 1 : number * 1.5).ToString(CultureInfo.InvariantCulture),
                TimeSpan span => Duration.Format(span / 2),
                var number => $"{Convert.ToInt64(number, CultureInfo.InvariantCulture) + 1}",
            };
            Assert.Empty(Set((option.Key, value)));
            Assert.NotEqual((option.Key, option.Get(configured)), (option.Key, option.Get(inForce)));
        }
    }

    private IReadOnlyList<string> Set(params (string Key, string? Value)[] values) =>
        options.Set([.. values.Select(value => KeyValuePair.Create(value.Key, value.Value))]);
}
