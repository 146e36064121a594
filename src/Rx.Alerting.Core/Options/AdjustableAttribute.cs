namespace Rx.Alerting.Core.Options;

/// <summary>Marks an option that can be set while a pipeline runs. Whoever uses the option must read it anew each time.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AdjustableAttribute : Attribute;
