namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>When people decide while the stream is read.</summary>
internal enum DecisionMoments
{
    /// <summary>Only before the first view.</summary>
    None,

    /// <summary>At the same places of the stream in every run, however often they are read. Each pipeline has one shard.</summary>
    AtPlaces,

    /// <summary>At any moment from a place on. So each run has other incidents, and what the store loses is executed elsewhere.</summary>
    AtAnyMoment,
}
