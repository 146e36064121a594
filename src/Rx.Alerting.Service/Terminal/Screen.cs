using Rx.Alerting.Service.CommandLine;
using Spectre.Console;

namespace Rx.Alerting.Service.Terminal;

/// <summary>
/// The output of a command for people. A terminal shows colours and progress. Everything else, and a terminal with <c>NO_COLOR</c>, shows
/// plain lines without escape codes.
/// </summary>
internal sealed class Screen
{
    private const int PlainWidth = 1000;

    private Screen(TextWriter writer, bool isTerminal)
    {
        IsRich = isTerminal;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = isTerminal },
        });
        if (!isTerminal)
            Console.Profile.Width = PlainWidth;
    }

    public IAnsiConsole Console { get; }

    /// <summary>Whether colours and moving progress may be shown.</summary>
    public bool IsRich { get; }

    public static Screen ForOutput(CommandHost host) =>
        new(host.Output, host.OutputIsTerminal && WantsColor(host));

    public static Screen ForError(CommandHost host) =>
        new(host.Error, host.ErrorIsTerminal && WantsColor(host));

    private static bool WantsColor(CommandHost host) =>
        string.IsNullOrEmpty(host.Environment.GetValueOrDefault("NO_COLOR"))
        && host.Environment.GetValueOrDefault("TERM") != "dumb";
}
