using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Text;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Metrics;

namespace Rx.Alerting.Service.Run;

/// <summary><c>rx-alerting health</c>: asks the service on this machine how it is. For images without a shell.</summary>
internal static class HealthCommand
{
    private const string Startup = "startup", Live = "live", Ready = "ready";

    private const string Examples =
        """
        Examples:
          rx-alerting health                                   is it ready?
          rx-alerting health live                              does it have to be started again?
          rx-alerting health startup --url http://127.0.0.1:9000
          rx-alerting health --metrics 0.0.0.0:9000            as in rx-alerting run --metrics 0.0.0.0:9000

        Prints what the service says, and on standard error which address was asked.
        Ends with 0 if the service is well, 1 if it is not or does not answer within 5 s, 2 if the address is wrong.
        Asked is the address of metrics, by the same --metrics, --set, --config and environment as rx-alerting run, or that of --url.
        In a Dockerfile: HEALTHCHECK CMD ["rx-alerting", "health", "live"], with the address in RX_ALERTING__Metrics__Listen.
        """;

    /// <summary>
    /// How long the answer may take. Docker kills a check at the timeout of its HEALTHCHECK. So this is shorter, or nobody would read what
    /// was waited for.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static CommandWithExamples Create(CommandHost host)
    {
        var what = new Argument<string>("WHAT")
        {
            Description = "startup: it has had its state once. live: it need not be started again. ready: it does its work.",
            DefaultValueFactory = _ => Ready,
        };
        what.AcceptOnlyFromAmong(Startup, Live, Ready);
        var url = new Option<Uri?>("--url")
        {
            Description = "The service, as in http://127.0.0.1:9464.",
            HelpName = "URL",
            CustomParser = ParseUrl,
        };
        var command = new Command("health", "Ask the service on this machine whether it is well.") { what, url };
        var settings = new SettingArguments(command, asksHealth: true);
        command.SetAction((parsed, stop) =>
        {
            var (at, note) = parsed.GetValue(url) is { } given ? (given, string.Empty) : AddressOf(settings.Load(parsed, host));
            var address = new Uri(at, $"/health/{parsed.GetValue(what)}");
            host.Error.WriteLine($"asked: {address}{note}");
            return AskAsync(address, host, stop);
        });
        return new CommandWithExamples(command, Examples);
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            result.AddError($"--url {Shown(text)}: must be an address such as http://127.0.0.1:9464");
        else if (address.UserInfo.Length > 0)
            result.AddError($"--url {Shown(text)}: must be without user and password, as the service asks for none");
        else if (address.AbsolutePath != "/" || address.Query.Length > 0 || address.Fragment.Length > 0)
            result.AddError($"--url {Shown(text)}: must end behind the port, as the path is that of WHAT, such as /health/{Ready}");
        else
            return address;
        return null;
    }

    /// <summary>The address without what may be secret: user, password and query.</summary>
    private static string Shown(string text)
    {
        var begin = text.IndexOf("//", StringComparison.Ordinal) is >= 0 and var slashes ? slashes + 2 : 0;
        var end = text.LastIndexOf('@');
        var shown = end < begin ? text : $"{text[..begin]}…{text[end..]}";
        return shown.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? $"{shown[..query]}?…" : shown;
    }

    private static (Uri Address, string Note) AddressOf(Settings settings)
    {
        if (MetricsAddress.Parse(settings.Metrics.Listen, out _) is not { } text || new Uri(text) is not { Port: > 0 } address)
            throw new MisusedException($"--url: is needed, as Metrics:Listen is {settings.Metrics.Listen}");
        var isAny = IPAddress.TryParse(address.DnsSafeHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));
        var note = MetricsAddress.IsAuto(settings.Metrics.Listen)
            ? " (Metrics:Listen is auto: a service that found this port taken is elsewhere, its log says where, and --url asks there)"
            : string.Empty;
        return (isAny ? new UriBuilder(address) { Host = ip!.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]" }.Uri : address, note);
    }

    private static async Task<int> AskAsync(Uri address, CommandHost host, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(Patience, host.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            using var answer = await client.GetAsync(address, either.Token);
            host.Output.WriteLine(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(either.Token)).TrimEnd());
            return answer.IsSuccessStatusCode ? ExitCode.Success : ExitCode.Failed;
        }
        catch (HttpRequestException problem)
        {
            throw new CommandFailedException($"no answer at {address}: {problem.Message}", problem);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new CommandFailedException($"no answer at {address} within {Patience.TotalSeconds} s");
        }
    }
}
