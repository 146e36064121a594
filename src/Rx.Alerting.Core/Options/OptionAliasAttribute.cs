namespace Rx.Alerting.Core.Options;

/// <summary>A further name under which options accept a value of an enumeration.</summary>
/// <param name="name">As it is written: <c>trim-horizon</c>.</param>
[AttributeUsage(AttributeTargets.Field, AllowMultiple = true)]
public sealed class OptionAliasAttribute(string name) : Attribute
{
    public string Name => name;
}
