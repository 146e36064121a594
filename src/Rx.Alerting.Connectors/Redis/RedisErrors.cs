using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>Says what an error of the library means, and what to look at. Never says the password.</summary>
/// <param name="configuration">The configuration of the connection.</param>
/// <param name="timeout">How long calls wait.</param>
/// <param name="prefix">The prefix of the keys.</param>
internal sealed class RedisErrors(ConfigurationOptions configuration, TimeSpan timeout, string prefix)
{
    private static readonly string[] Refusals = ["NOAUTH", "WRONGPASS", "DENIED", "invalid password", "invalid username-password"];
    private static readonly string[] NoWrites = ["READONLY", "MISCONF", "NOREPLICAS"];

    private readonly string name = "Redis at " + string.Join(", ", configuration.EndPoints.Cast<EndPoint>().Select(Text));

    private string User => configuration.User ?? "default";

    public static bool IsKnown(Exception e) => e
        is RedisException
        or RedisCommandException
        or TimeoutException
        or OperationCanceledException
        or ObjectDisposedException;

    public CheckpointStoreException Unusable(string pipeline, CheckpointStoreProblem problem, string fault) =>
        new(problem, $"{name}: the checkpoint of “{pipeline}” cannot be used: {fault}.");

    public CheckpointStoreException Unsettled(string pipeline) => new(
        CheckpointStoreProblem.Unavailable,
        $"{name}: a commit of “{pipeline}” was given up because its keys were touched meanwhile; "
        + "repeat it, and see that nothing else writes them.");

    public CheckpointStoreException Full(Exception inner) => new(
        CheckpointStoreProblem.Full,
        $"{name} has no memory left: see maxmemory and used_memory of the server (INFO memory).",
        inner);

    public CheckpointStoreException Dropped(string pipeline, Exception inner) => new(
        CheckpointStoreProblem.Unavailable,
        $"{name} dropped a commit of “{pipeline}” without saying why: "
        + "see whether it has memory left (INFO memory), whether its slot of a cluster is just moving, and the server's log.",
        inner);

    /// <summary>A part of the board has fields of somebody else.</summary>
    public CheckpointStoreException NoIncidents(string pipeline, RedisKey part) => new(
        CheckpointStoreProblem.Damaged,
        $"{name}: {part} has fields that are no incidents of “{pipeline}”: see what else writes it, and delete it; "
        + "the service writes it again.");

    /// <summary>The user may not do everything that commits and the board need.</summary>
    /// <param name="problem">Says whether a retry makes sense.</param>
    /// <param name="refusal">The command, and the server's answer.</param>
    /// <param name="inner">The server's answer.</param>
    public CheckpointStoreException NotAllowed(CheckpointStoreProblem problem, string refusal, Exception inner) => new(
        problem,
        $"{name} does not let the user “{User}” do all that commits and the board need ({refusal}): "
        + $"see what the server allows that user, and give it the rule: ACL SETUSER {User} {RedisPermissions.Rule(prefix)}.",
        inner);

    /// <summary>Entries of the latest commit are gone, or half a commit was written.</summary>
    public CheckpointStoreException Incomplete(string pipeline, string damage) => new(
        CheckpointStoreProblem.Incomplete,
        $"{name}: the checkpoint of “{pipeline}” is not whole: {damage}. "
        + "It is not gone on from, as views would be counted twice or not at all. Restore a copy of Redis, "
        + "import a savepoint with “rx-alerting checkpoint import --force”, "
        + $"or begin anew with “rx-alerting checkpoint reset {pipeline}”; and see maxmemory-policy (noeviction is needed), "
        + $"and what else writes or deletes keys that begin with {prefix}.")
    {
        What = damage,
    };

    /// <summary>The head is gone, by which everything else is found.</summary>
    public CheckpointStoreException Headless(string pipeline, RedisKey head, string hashes)
    {
        var damage = $"its key {head} is gone, though {hashes} others of it are there";
        var others = head.ToString()[..^"head".Length];
        return new(
            CheckpointStoreProblem.Incomplete,
            $"{name}: the checkpoint of “{pipeline}” is not whole: {damage}. Restore a copy of Redis. "
            + $"To begin anew instead, delete the others: redis-cli --scan --pattern '{others}*' shows them.")
        {
            What = damage,
        };
    }

    public CheckpointStoreException MayEvict(string setting) => new(
        CheckpointStoreProblem.Refused,
        $"{EvictionDoubt(setting)}; or set Redis:OnEviction to warn, if checkpoints may be lost.");

    public string EvictionDoubt(string setting) =>
        $"{name} may evict checkpoints when its memory is full ({setting}): "
        + "set maxmemory-policy to noeviction, or to one of volatile-…, which leaves keys without a time to live alone";

    public string UnknownEviction() =>
        $"{name} does not say whether it evicts keys when its memory is full: "
        + "let the user run INFO, and see that maxmemory-policy is noeviction";

    public CheckpointStoreException Translate(Exception e)
    {
        var errors = All(e).ToList();
        if (errors.Exists(inner => inner is AuthenticationException))
        {
            return new(
                CheckpointStoreProblem.Refused,
                $"{name}: no connection by TLS: see that the server speaks it, "
                + "that its certificate is signed by one that this machine or Redis:CertificateAuthority trusts, "
                + "and that it names the host (sslHost in Redis:Configuration).",
                e);
        }

        if (errors.Exists(inner => Says(inner, Refusals)))
        {
            return new(
                CheckpointStoreProblem.Refused,
                $"{name} does not let us in: see user and password in Redis:Configuration, and what the server allows that user.",
                e);
        }

        if (errors.Find(RedisPermissions.IsNotAllowed) is { } refusal)
            return NotAllowed(CheckpointStoreProblem.Refused, refusal.Message, e);
        if (errors.Exists(inner => Says(inner, "OOM ")))
            return Full(e);
        if (errors.Exists(IsOfReplica))
        {
            return new(
                CheckpointStoreProblem.ReadOnly,
                $"{name} takes no writes: see whether it is a replica (INFO replication), "
                + "and whether it can write to its disk (INFO persistence, the server's log).",
                e);
        }

        if (errors.Exists(inner => Says(inner, "not eligible for replica")))
        {
            return new(
                CheckpointStoreProblem.ReadOnly,
                $"{name}: only replicas answer: see that the master runs, and that Redis:Configuration names it.",
                e);
        }

        if (errors.Exists(inner => Says(inner, "WRONGTYPE")))
        {
            return new(
                CheckpointStoreProblem.Damaged,
                $"{name}: a key of ours has another type: see what else writes below Redis:KeyPrefix.",
                e);
        }

        return new(
            CheckpointStoreProblem.Unavailable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} did not answer within {timeout.TotalSeconds:0.###} s, or the connection broke: see that the server runs, "
                + $"that Redis:Configuration names it, with ssl=true if it wants TLS and only then, and the server's log."),
            e);
    }

    /// <summary>
    /// Says what an error means after there was a connection. The server let us in before, so a refusal may pass: passwords and
    /// certificates are changed on one side first.
    /// </summary>
    /// <param name="e">The error of the call.</param>
    /// <param name="reconnecting">Why the library could not connect again; null if that is not known.</param>
    public CheckpointStoreException Translate(Exception e, Exception? reconnecting)
    {
        var problem = Translate(e);
        var why = reconnecting is null || problem.Problem == CheckpointStoreProblem.Refused ? problem : Translate(reconnecting);
        return why.Problem == CheckpointStoreProblem.Refused ? new(CheckpointStoreProblem.Unavailable, why.Message, why) : problem;
    }

    private static bool IsOfReplica(Exception e) =>
        Says(e, NoWrites) || (e is RedisCommandException && Says(e, "replica", "slave"));

    private static bool Says(Exception e, params string[] words) =>
        words.Any(word => e.Message.Contains(word, StringComparison.Ordinal));

    private static IEnumerable<Exception> All(Exception e) => e is AggregateException many
        ? many.InnerExceptions.SelectMany(All)
        : e.InnerException is { } inner ? All(inner).Prepend(e) : [e];

    private static string Text(EndPoint at) =>
        at is DnsEndPoint dns ? string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}") : at.ToString() ?? "";
}
