using System.Buffers.Binary;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Tests.Checkpoints;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

public sealed class ThreadEncodingTests
{
    /// <summary>A change of the layout, that of incidents included, needs another version, and a step from the one before.</summary>
    [Fact]
    public void Layout_IsTheGoldenOne() =>
        Assert.Equal(Golden.Text("threads.txt", () => ThreadEncoding.Layout.Text), ThreadEncoding.Layout.Text);

    [Fact]
    public void Decode_WhatWasEncoded_EncodesTheSame()
    {
        Incident[] incidents = [Sample("a"), Sample("b", IncidentStatus.Closed)];
        var thread = new NotificationThread(incidents, [Record(1), Record(2) with { Detail = "why" }])
        {
            Version = 7,
            Pending = NotificationEvent.Reopened,
            PendingSince = Start,
            NotBefore = Start.AddMinutes(1),
            Attempts = 3,
            DeliveryId = "id",
            IsUnderWay = true,
            IsInDoubt = true,
            Interruptions = 1,
            IsTold = true,
            IsToldOver = true,
            IsToldAcknowledged = true,
            IsGivenUp = true,
            IsStale = true,
            ToldSeverity = IncidentSeverity.Alert,
            Occurrence = 2,
            Reference = "reference",
            ToldCause = "cdn=fastly",
            LoudAt = Start.AddMinutes(2),
            ToldAt = Start.AddMinutes(3),
            OverAt = Start.AddMinutes(4),
        };
        var entry = ThreadEncoding.Encode("part", thread);

        var again = ThreadEncoding.Encode("part", ThreadEncoding.Decode(entry));

        Assert.Equal((entry.Id, entry.UpdatedAt), (again.Id, again.UpdatedAt));
        Assert.Equal(Convert.ToHexString(entry.Value.Span), Convert.ToHexString(again.Value.Span));
        Assert.Equal(ThreadEncoding.Layout.Version, BinaryPrimitives.ReadInt32LittleEndian(entry.Value.Span));
    }

    [Fact]
    public void Decode_OfANewerRelease_IsRefusedWithWhatItIs()
    {
        var entry = ThreadEncoding.Encode("part", new NotificationThread(Sample("a")));
        var newer = entry.Value.ToArray();
        newer[0]++;

        var fault = Assert.Throws<CheckpointFormatException>(() => ThreadEncoding.Decode(entry with { Value = newer }));

        Assert.Contains("notifications of incident a are of layout 4", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The first layout had no fields between the trail and the timeline of an incident, and none behind the incidents. The second one did
    /// not say what is normal.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Decode_OfAnEarlierLayout_KnowsNothingOfWhatIsNewer(byte version)
    {
        const int Explained = 1 + sizeof(int) + sizeof(int);
        const int Rated = 1 + 1 + sizeof(double);
        var sample = Sample("a") with { ExpectedValue = null, MeasuredSince = null };
        sample = sample with { PeakValue = sample.Timeline.Select(point => point.Rate).Append(sample.MeasuredValue).Max() };
        var entry = ThreadEncoding.Encode("part", new NotificationThread(sample) { Reference = "r" });
        var timeline = sizeof(int) + (sample.Timeline.Count * 3 * sizeof(long));
        var (newer, cause) = version == 1 ? (Explained + Rated, 1) : (Rated, 0); // The cause that was told is none, in a byte.
        var common = entry.Value.Span[..^cause];
        var behind = timeline + 1 - cause;
        byte[] earlier = [.. common[..^(behind + newer)], .. common[^behind..]];
        earlier[0] = version;

        var thread = ThreadEncoding.Decode(entry with { Value = earlier });

        Assert.Equal("r", thread.Reference);
        Assert.Equal(entry.Value.ToArray(), ThreadEncoding.Encode("part", thread).Value.ToArray());
    }

    private static NotificationRecord Record(int attempts) =>
        new(Start, NotificationEvent.Opened, NotificationOutcome.Delivered, null, attempts, TimeSpan.FromSeconds(1));
}
