using System.Globalization;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Temporary files would become larger than they may.</summary>
internal sealed class SpoolFullException(long maximumBytes)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"it needs more than {maximumBytes >> 20:N0} MB of temporary files"));
