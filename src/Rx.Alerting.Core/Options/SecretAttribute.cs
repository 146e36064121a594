namespace Rx.Alerting.Core.Options;

/// <summary>
/// Marks an option that holds a secret, or an address that may have one in it. It is shown nowhere. Where another option has its name with
/// <c>File</c> behind it, the secret may be in a file instead.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute
{
    /// <summary>Whether only parts are secret, such as a password among other settings. The rest is shown.</summary>
    public bool InPart { get; init; }
}
