using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>The rules for one partition of a file, in plain loops over the whole stream. Panes are one millisecond.</summary>
internal sealed class NaiveEventTime(long bound, long lead, int witnesses)
{
    private readonly List<int> suspended = [];
    private long? newest;

    public List<long> Accepted { get; } = [];

    public List<long> Late { get; } = [];

    public void Decide(long[] stream)
    {
        for (var now = 0; now < stream.Length; now++)
        {
            while (suspended.Count > 0 && now - suspended[0] >= witnesses)
                Judge(stream, suspended[0], witnesses);
            if (newest is null || stream[now] > newest + lead)
                suspended.Add(now);
            else
                Accept(stream, stream[now]);
        }

        while (suspended.Count > 0)
            Judge(stream, suspended[0], Math.Min(witnesses, stream.Length - 1 - suspended[0]));
    }

    private void Judge(long[] stream, int index, int heard)
    {
        suspended.Remove(index);
        var following = stream.Skip(index + 1).Take(heard).Order().ToList();
        var isAccepted = heard == 0
            ? newest is null || stream[index] <= newest + EventTimeRules.LongestPause
            : stream[index] <= following[(heard - 1) / 2] + lead;
        if (isAccepted)
            Accept(stream, stream[index]);
    }

    private void Accept(long[] stream, long eventTime)
    {
        if (eventTime <= newest - bound - 1)
        {
            Late.Add(eventTime);
            return;
        }

        Accepted.Add(eventTime);
        newest = newest is null ? eventTime : Math.Max(newest.Value, eventTime);
        AcceptWithin(stream);
    }

    private void AcceptWithin(long[] stream)
    {
        while (suspended.FindIndex(index => stream[index] <= newest + lead) is >= 0 and var first)
        {
            var index = suspended[first];
            suspended.RemoveAt(first);
            Accept(stream, stream[index]);
        }
    }
}
