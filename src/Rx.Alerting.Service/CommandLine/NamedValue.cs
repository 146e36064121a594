using System.CommandLine;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>Options of the command line whose values have names, in the notation of <see cref="OptionText"/>.</summary>
internal static class NamedValue
{
    public static Option<T> Option<T>(string name, Func<string> description, T otherwise)
    {
        var names = OptionText.Names(typeof(T));
        return new DescribedOption<T>(name, description)
        {
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => otherwise,
            CustomParser = result =>
            {
                if (OptionText.TryParse(typeof(T), result.Tokens[^1].Value, out var value))
                    return (T?)value;
                result.AddError($"{name} is “{result.Tokens[^1].Value}”, must be {OptionText.Choice(names)}");
                return default;
            },
        };
    }
}
