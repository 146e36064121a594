using System.CommandLine;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>
/// An option of the command line that is described only when help is shown, as the description is read from documentation files.
/// </summary>
internal sealed class DescribedOption<T>(string name, Func<string> description) : Option<T>(name), IDescribedOption
{
    public void Describe() => Description = description();
}

/// <inheritdoc cref="DescribedOption{T}"/>
internal interface IDescribedOption
{
    void Describe();
}
