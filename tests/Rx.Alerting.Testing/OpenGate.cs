using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Testing;

/// <summary>All partitions may be read at any time.</summary>
public sealed class OpenGate : IPartitionGate
{
    public static readonly OpenGate Instance = new();

    private OpenGate()
    {
    }

    public bool IsOpen(string partition) => true;
}
