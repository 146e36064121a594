namespace Microsoft.Reactive.Testing;

/// <summary>A value and the virtual time at which it was, or will be, seen.</summary>
public readonly record struct Recorded<T>(long Time, T Value)
{
    public override string ToString() => $"{Value}@{Time}";
}
