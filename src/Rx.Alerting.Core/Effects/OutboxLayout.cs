using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>How the outbox is kept in checkpoints, and what earlier releases have kept.</summary>
internal static class OutboxLayout
{
    /// <summary>The kinds of entries.</summary>
    public const ulong ChangeEntry = 0, SequenceEntry = 1, CursorEntry = 2, OutcomeEntry = 3;

    public static StateLayout Current { get; } = new(5,
        $"outbox/{ChangeEntry}: transition u8, {IncidentEncoding.Layout}",
        $"outbox/{SequenceEntry}: latest i64",
        $"outbox/{CursorEntry}: {ChannelCursor.Layout}",
        $"outbox/{OutcomeEntry}: {CommandOutcome.Layout}")
    {
        Upgrades =
        [
            new(Version1, entries => entries.Select(Upgrade)),
            OfChanges(Version2, EarlierIncident.Upgrade),
            OfChanges(Version3, EarlierIncident.UpgradeUnexplained),
            OfChanges(Version4, EarlierIncident.UpgradeUnrated),
        ],
    };

    private static StateLayout Version4 => new(4,
        $"outbox/{ChangeEntry}: transition u8, {EarlierIncident.UnratedLayout}",
        $"outbox/{SequenceEntry}: latest i64",
        "outbox/2: channel text, acknowledged i64, attempts i32, isWaiting bool, nextAttempt i64 if isWaiting, dropped i64",
        "outbox/3: id text, by text, status u8, reason text, isTimed bool, at i64 if isTimed");

    private static StateLayout Version3 => new(3,
        $"outbox/{ChangeEntry}: transition u8, {EarlierIncident.UnexplainedLayout}",
        $"outbox/{SequenceEntry}: latest i64",
        "outbox/2: channel text, acknowledged i64, attempts i32, isWaiting bool, nextAttempt i64 if isWaiting, dropped i64",
        "outbox/3: id text, by text, status u8, reason text, isTimed bool, at i64 if isTimed");

    private static StateLayout Version2 => new(2,
        $"outbox/{ChangeEntry}: transition u8, {EarlierIncident.Layout}",
        $"outbox/{SequenceEntry}: latest i64",
        $"outbox/{CursorEntry}: {ChannelCursor.Layout}");

    /// <summary>Changes were JSON, and there were no cursors.</summary>
    private static StateLayout Version1 => new(1, "outbox/0: change bytes", "outbox/1: latest i64");

    private static StateUpgrade OfChanges(StateLayout from, Action<JsonObject> upgrade) => new(from, entries => entries.Select(entry =>
    {
        if (entry.Key.High == ChangeEntry)
            upgrade(entry.Fields);
        return entry;
    }));

    private static ShownEntry Upgrade(ShownEntry entry) => entry.Key.High == ChangeEntry
        ? entry with { Fields = JsonIncident.Parse(entry.Fields["change"]!.GetValue<string>(), UpgradeJson) }
        : entry;

    private static JsonObject UpgradeJson(JsonNode? change)
    {
        var fields = JsonIncident.Upgrade(change?["incident"]);
        fields["transition"] = JsonIncident.Number("transition", change?["transition"]);
        return fields;
    }
}
