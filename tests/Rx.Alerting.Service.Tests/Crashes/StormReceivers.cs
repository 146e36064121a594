using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>A Slack and a PagerDuty that take their time, so that whoever is killed is often killed while it waits for an answer.</summary>
internal sealed partial class StormReceivers : IDisposable
{
    /// <summary>No answer takes longer.</summary>
    public const int SlowestMilliseconds = 400;

    private readonly SplitMix random;
    private readonly Lock sync = new();
    private readonly SlackServer slack;
    private readonly ScriptedHttpServer pagerDuty;

    public StormReceivers(ulong seed)
    {
        random = new(seed);
        slack = new(TimeProvider.System) { Latency = Moment };
        pagerDuty = new(_ => new(202, """{"status":"success"}""") { Delay = Moment() });
    }

    /// <summary>Arguments of a service that tells both.</summary>
    public string[] Arguments =>
    [
        "--set", "Channels:chat:Kind=slack",
        "--set", $"Channels:chat:Token={SlackServer.Token}",
        "--set", $"Channels:chat:Channel={SlackServer.Channel}",
        "--set", $"Channels:chat:ApiUrl={slack.ApiUrl}",
        "--set", "Channels:chat:ReminderInterval=2s", // So that there is something to tell most of the time.
        "--set", "Channels:duty:Kind=pagerduty",
        "--set", "Channels:duty:RoutingKey=0123456789abcdef0123456789abcdef",
        "--set", $"Channels:duty:Url={pagerDuty.Address}v2/enqueue",
        "--set", "Notifications:PublicUrl=https://alerting.example.com/",
        "--set", "Notifications:MaximumAge=3650d",
    ];

    /// <summary>Whether somebody waits for an answer now.</summary>
    public bool IsCalled => slack.Unanswered + pagerDuty.Unanswered > 0;

    public int Calls => slack.Calls.Count() + pagerDuty.Requests.Count;

    /// <summary>Posts with their replies, by the incident that they link to.</summary>
    public IEnumerable<(string Incident, SlackPost Post)> Posts =>
        slack.Posts.Where(post => post.Thread is null).Select(post => (Link().Match(post.Content.ToJsonString()).Groups["id"].Value, post));

    /// <summary>Delivery ids that Slack has more than once.</summary>
    public IEnumerable<string?> Repeated =>
        slack.Posts.GroupBy(post => post.DeliveryId).Where(same => same.Count() > 1).Select(same => same.First().Text);

    /// <summary>The actions on each alert, the first one first, by key.</summary>
    public ILookup<string, string> Actions => pagerDuty.Requests.Select(request => JsonNode.Parse(request.Body)!).ToLookup(
        sent => sent["dedup_key"]!.GetValue<string>(), sent => sent["event_action"]!.GetValue<string>());

    /// <summary>
    /// What is not told yet of incidents that have all ended. Null: nothing. PagerDuty is not told of what ended before it could be told.
    /// </summary>
    public string? Missing(IEnumerable<string> incidents)
    {
        var closed = Posts.Where(told => told.Post.Text.StartsWith('✔')).Select(told => told.Incident).ToHashSet();
        var (toPost, toResolve) = (incidents.Except(closed).ToList(), Actions.Where(actions => actions.Last() != "resolve").ToList());
        return toPost.Count == 0 && toResolve.Count == 0 ? null
            : $"Slack does not know the end of {string.Join(", ", toPost)}, PagerDuty {string.Join(", ", toResolve.Select(of => of.Key))}";
    }

    public void Dispose()
    {
        slack.Dispose();
        pagerDuty.Dispose();
    }

    private TimeSpan Moment()
    {
        lock (sync)
            return TimeSpan.FromMilliseconds(random.Next(SlowestMilliseconds));
    }

    [GeneratedRegex("incidents/(?<id>[^|]+)[|]")]
    private static partial Regex Link();
}
