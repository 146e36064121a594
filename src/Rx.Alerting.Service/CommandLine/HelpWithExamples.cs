using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>The usual help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, string> examples) : SynchronousCommandLineAction
{
    private const int Width = 120;

    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = Width;
        foreach (var option in parseResult.CommandResult.Command.Options.OfType<IDescribedOption>())
            option.Describe();
        var code = help.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var text))
            parseResult.InvocationConfiguration.Output.WriteLine(text);
        return code;
    }
}
