using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Notifications;

/// <summary>What all channels have in common that tell people of incidents.</summary>
[OptionSection("Notifications")]
public sealed record NotificationOptions : IValidatableObject
{
    /// <summary>
    /// Where people reach this service, as in <c>https://alerting.example.com/</c>. Notifications link to it. Empty: no links.
    /// </summary>
    [Pattern("|https?://[^\\s]+", "an address such as https://alerting.example.com/, or empty")]
    public string PublicUrl { get; init; } = "";

    /// <summary>How long a receiver may take to answer.</summary>
    [TimeRange("100ms", "5m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Time until a failed notification is sent again. It doubles with every further failure, and varies by a quarter.
    /// </summary>
    [TimeRange("10ms", "10m")]
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest time until a failed notification is sent again. A receiver that asks for more time gets it, up to an hour.
    /// </summary>
    [TimeRange("10ms", "1d")]
    public TimeSpan LongestRetryInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a notification is tried. Then it is given up, and listed.</summary>
    [TimeRange("1s", "7d")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// A state that is so far behind this machine's clock is not told: the stream is being caught up with. Incidents that are still open
    /// when it is caught up are told then.
    /// </summary>
    [TimeRange("1m", "3650d")]
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Incidents of a pipeline whose notifications each channel remembers. Those that are over longest go first.</summary>
    [Range(10, 1_000_000)]
    public int MaximumThreads { get; init; } = 2_000;

    /// <summary>Records of what was sent or not, for each incident and channel. When there are more, the oldest go.</summary>
    [Range(5, 1_000)]
    public int MaximumRecords { get; init; } = 20;

    /// <summary>Where people can read more of an incident. Null: no address is configured.</summary>
    internal Uri? LinkTo(string incidentId) =>
        PublicUrl.Length == 0 ? null : new Uri(new Uri(PublicUrl.TrimEnd('/') + '/'), $"incidents/{incidentId}");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicUrl.Length == 0)
            yield break;
        if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) || url is not { Query: "", Fragment: "" })
            yield return new("must be an address such as https://alerting.example.com/, without ? and #", [nameof(PublicUrl)]);
    }

    /// <summary>How long to wait after so many failures. Not the same for all, so that receivers are not asked by all at once.</summary>
    internal TimeSpan RetryAfter(int attempts, double random)
    {
        var doubled = RetryInterval * Math.Pow(2, Math.Min(attempts - 1, 30));
        return (doubled < LongestRetryInterval ? doubled : LongestRetryInterval) * (0.75 + (random / 2));
    }
}
