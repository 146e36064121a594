namespace Rx.Alerting.Core.Options;

/// <summary>Marks a record whose properties are options.</summary>
/// <param name="name">The section that the options are in; null: the record has no options of its own, its properties are sections.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OptionSectionAttribute(string? name = null) : Attribute
{
    public string? Name => name;
}
