using Microsoft.AspNetCore.Routing;
using Rx.Alerting.Service.Tests.Notifications;
using Rx.Alerting.Service.Tests.Pages;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>
/// What is secret in the configuration is on no page and in no answer, for no role (CVE-2026-42151, CVE-2025-3415): also where a channel
/// with secrets in its address fails.
/// </summary>
public sealed class SecretTests
{
    private const string Path = "T0PATH", Header = "T0HEADER", Signing = "whsec_VDBTSUdOSU5HVDBTSUdOSU5HVDBTSUdOSU5H";

    [Fact]
    public async Task Answers_OfAServiceWithSecrets_HaveNoneOfThem()
    {
        await using var telling = await TellingService.StartAsync(
            403,
            [
                .. AccessSettings.Tokens(),
                ("Channels:hook:Url", "{receiver}" + Path),
                ("Channels:hook:Headers", $"Authorization: Bearer {Header}"),
                ("Channels:hook:SigningKey", Signing),
            ]);
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));
        await telling.Receiver.ArrivalAsync(TestContext.Current.CancellationToken);
        await telling.Service.UntilPageSaysAsync("/notifications", "the receiver refuses it", AccessSettings.Reader);
        var addresses = telling.Service.Endpoints
            .Where(one => one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(one => one.RoutePattern.RawText!.Replace("{id}", "a", StringComparison.Ordinal)
                .Replace("{documentName?}", string.Empty, StringComparison.Ordinal))
            .Where(address => address != "/api/v1/events");
        string[] secrets =
        [
            Path, Header, Signing, AccessSettings.Reader,
            Convert.ToHexStringLower(Service.Access.ApiToken.HashOf(AccessSettings.Admin)),
        ];

        foreach (var address in addresses)
        {
            foreach (var token in (string[])[AccessSettings.Reader, AccessSettings.Admin])
            {
                var answer = await telling.Service.AskAsync(address, token);
                foreach (var secret in secrets)
                    Assert.DoesNotContain(secret, answer.Text, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.Contains(Path, Assert.Single(telling.Receiver.Requests).Target, StringComparison.Ordinal);
    }
}
