using System.CommandLine;
using System.Text.RegularExpressions;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Access;

/// <summary><c>rx-alerting token create</c>: a token that the store keeps.</summary>
internal static partial class TokenCreateCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting token create grafana
          rx-alerting token create ann --role operator
          rx-alerting token create shop --role operator --property shop-eu --property shop-us --expires 90d > shop.token

        The token is shown once: the store has its SHA-256 only. It goes to the standard output, what is said about it does not.
        """;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    public static CommandWithExamples Create(CommandHost host)
    {
        var name = new Argument<string>("NAME") { Description = "Who uses it: commands are told under this name." };
        var role = NamedValue.Option(
            "--role", () => "What it allows. reader: read. operator: decide about incidents. admin: everything.", AccessRole.Reader);
        var property = new Option<string[]>("--property")
        {
            Description = "A property that it allows to see, by its exact name; may be repeated. If none is given: all.",
            HelpName = "NAME",
        };
        var expires = new Option<string?>("--expires")
        {
            Description = "How long it holds, such as 90d; if not given: until it is revoked.",
            HelpName = "TIME",
        };
        var command = new Command("create", "Make a token, and show it once.") { name, role, property, expires };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction((parsed, stop) =>
        {
            var faults = new List<string>();
            if (!Name().IsMatch(parsed.GetRequiredValue(name)))
                faults.Add($"NAME is “{parsed.GetValue(name)}”, must be 1 to 64 letters, digits and . _ @ -");
            if (parsed.GetValue(role) == AccessRole.None)
                faults.Add("--role is none, must be reader, operator or admin");
            if (parsed.GetValue(property)?.Any(string.IsNullOrWhiteSpace) == true)
                faults.Add("--property is empty, must be the name of a property; without it, the token sees all");
            var (span, now) = (TimeSpan.Zero, host.Clock.GetUtcNow());
            if (parsed.GetValue(expires) is { } text && (!Duration.TryParse(text, out span) || span <= TimeSpan.Zero || span > Longest))
                faults.Add($"--expires is “{text}”, must be {Duration.Notation}, at most {Duration.Format(Longest)}");
            if (faults.Count > 0)
                throw new MisusedException(faults);
            var token = ApiToken.Create();
            return ExecuteAsync(
                settings.Load(parsed, host),
                token,
                new TokenGrant(
                    TokenStore.NewId(),
                    parsed.GetRequiredValue(name),
                    ApiToken.HashOf(token),
                    parsed.GetValue(role),
                    parsed.GetValue(property) ?? [],
                    now,
                    span > TimeSpan.Zero ? now + span : null),
                host,
                stop);
        });
        return new CommandWithExamples(command, Examples);
    }

    private static async Task<int> ExecuteAsync(Settings settings, string token, TokenGrant grant, CommandHost host, CancellationToken stop)
    {
        await using var store = TokenCommand.Open(settings);
        if ((await store.ListAsync(stop)).Any(one => one.Grant.Name == grant.Name && one.Grant.HoldsAt(host.Clock.GetUtcNow())))
        {
            throw new CommandFailedException(
                $"there is a token “{grant.Name}”: choose another name, or revoke it: rx-alerting token revoke {grant.Name}");
        }

        await store.AddAsync(grant, stop);
        host.Output.WriteLine(token);
        var until = grant.ExpiresAt is { } end ? $"until {IncidentWords.Time(end)}" : "until it is revoked";
        var what = $"{OptionText.Of(grant.Role)} of {TokenListCommand.Scope(grant)}, {until}";
        host.Error.WriteLine($"Token {grant.Id} “{grant.Name}”: {what}. It is not shown again.");
        return ExitCode.Success;
    }

    [GeneratedRegex(@"^[A-Za-z0-9._@-]{1,64}\z")]
    private static partial Regex Name();
}
