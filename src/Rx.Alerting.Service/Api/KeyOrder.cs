namespace Rx.Alerting.Service.Api;

/// <summary>Which property or title comes first.</summary>
public enum KeyOrder
{
    /// <summary>What is broken: open incidents, then most failed views beyond what is normal. See <see cref="WorstFirst"/>.</summary>
    Worst,

    /// <summary>What is furthest above normal, in standard deviations. A rare error that happens once may come first.</summary>
    Deviation,

    /// <summary>What has most failed views in its window.</summary>
    Errors,

    /// <summary>What has most views so far.</summary>
    Views,

    /// <summary>The first name.</summary>
    Name,
}
