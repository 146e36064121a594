using System.CommandLine;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Client;

/// <summary>
/// The options of the command line that say which service is asked, and by whom. A token is never an argument: everybody on the machine
/// sees those.
/// </summary>
internal sealed class ApiArguments
{
    /// <summary>The token of the API, in the environment.</summary>
    public const string TokenVariable = "RX_ALERTING_TOKEN";

    public Option<string> Url { get; } = new("--url")
    {
        HelpName = "URL",
        Description = "The service.",
        DefaultValueFactory = _ => $"http://{ListenAddress.Default}",
    };

    public Option<string?> TokenFile { get; } = new("--token-file")
    {
        HelpName = "FILE",
        Description = $"Has the token of the API; if not given, the variable {TokenVariable}.",
    };

    /// <summary>Null: there is none.</summary>
    /// <exception cref="MisusedException">It cannot be one.</exception>
    public string? Token(ParseResult parsed, CommandHost host)
    {
        var file = parsed.GetValue(TokenFile);
        var text = file is not null
            ? File.ReadLines(file).FirstOrDefault() ?? string.Empty
            : host.Environment.GetValueOrDefault(TokenVariable);
        return text is null ? null
            : ApiToken.IsWellFormed(text.Trim()) ? text.Trim()
            : throw new MisusedException(
                $"{(file is null ? TokenVariable : $"--token-file {file}")}: it is no token: mistyped, or cut off?");
    }
}
