using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Alertmanager;

/// <summary>Prometheus' Alertmanager, reached over its API v2.</summary>
[OptionSection("Channels:NAME", Kind = "alertmanager")]
public sealed record AlertmanagerOptions : IValidatableObject
{
    /// <summary>
    /// The addresses of all members of the cluster, as in <c>http://alertmanager-0:9093</c>; each is told everything, as Prometheus does.
    /// May hold a user and a password: <c>https://user:password@…</c>.
    /// </summary>
    [Secret]
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>A file with the addresses, separated by commas, instead of <see cref="Urls"/>.</summary>
    public string UrlsFile { get; init; } = "";

    /// <summary>
    /// Time until an open incident is told again. An incident that was not told for four times as long ends in Alertmanager by itself.
    /// </summary>
    [TimeRange("5s", "1h")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Without passwords.</summary>
    public override string ToString() => $"Alertmanager, members: {Urls.Count}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Urls.Count == 0)
            yield return new("must have the address of at least one member", [nameof(Urls)]);
        foreach (var url in Urls)
        {
            if (!HttpAddress.IsMatch(url))
                yield return new($"must each be {HttpAddress.Words}", [nameof(Urls)]);
            else if (new Uri(url).UserInfo.Length > 0 && HttpAddress.Fault(url) is { } fault)
                yield return new(fault, [nameof(Urls)]);
        }
    }
}
