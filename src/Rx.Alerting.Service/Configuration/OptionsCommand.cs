using System.CommandLine;
using System.Text.RegularExpressions;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Configuration;

/// <summary><c>rx-alerting options</c>: what can be set, as it is set now.</summary>
internal static partial class OptionsCommand
{
    private const string Examples =
        """
        Where a value comes from, the last one wins: its default, the file of --config, the environment, --set.
          rx-alerting options --set Detection:TailProbability=1e-7
          RX_ALERTING__Incidents__ClosingViews=500 rx-alerting options
          rx-alerting options --markdown
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var markdown = new Option<bool>("--markdown") { Description = "Write the page docs/options.md." };
        var command = new Command("options", "List every option with its value, default, bounds and meaning.") { markdown };
        var settings = new SettingArguments(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(markdown))
                host.Output.Write(OptionsPage.Markdown());
            else
                Write(settings.Load(parsed, host), host);
            return ExitCode.Success;
        });
        return new CommandWithExamples(command, Examples);
    }

    private static void Write(Settings settings, CommandHost host)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("option", "value", "default", "bounds", "meaning");
        foreach (var (entry, name) in OptionCatalogue.All.SelectMany(entry => NamesOf(entry, settings).Select(name => (entry, name))))
        {
            var value = entry.Get(settings, name);
            var shown = entry.IsWhollySecret && value.Length > 0 ? "…" : Hide(value);
            table.AddRow(
                new Text(OptionKey.Named(entry.Key, name)),
                new Text(shown, value == entry.Default ? Style.Plain : new Style(Color.Yellow)),
                new Text(entry.Default),
                new Text(entry.Bounds),
                new Text(entry.Meaning));
        }

        Screen.ForOutput(host).Console.Write(table);
    }

    /// <summary>The names that people have given to the option's section; without any, it is shown as it would be.</summary>
    private static IEnumerable<string> NamesOf(OptionEntry entry, Settings settings) =>
        entry.NamesIn(settings).DefaultIfEmpty(string.Empty);

    internal static string Hide(string value) => UserInfo().Replace(Secrets().Replace(value, "$1…"), "$1…@");

    /// <summary>The password in a URI.</summary>
    [GeneratedRegex(@"(://[^/@:\s]*:).*@")]
    private static partial Regex UserInfo();

    /// <summary>Secrets within an option: <c>password=…</c> up to the next comma that is not doubled.</summary>
    [GeneratedRegex(@"((?:password|passphrase|secret|jaas\.config|key\.pem)[^=,]*=)(?:,,|[^,])*", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
