namespace Rx.Alerting.Core.Options;

/// <summary>Marks a record whose properties are options.</summary>
/// <param name="name">
/// The section that the options are in; null: the record has no options of its own, its properties are sections. Of a section that people
/// name, <c>NAME</c> stands for that: <c>Channels:NAME</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OptionSectionAttribute(string? name = null) : Attribute
{
    /// <summary>Stands for the name that people give.</summary>
    public const string Placeholder = "NAME";

    public string? Name => name;

    /// <summary>Which kind of the section has these options. Null: all have them.</summary>
    public string? Kind { get; init; }
}
