namespace Rx.Alerting.Connectors.Simulation;

/// <summary>How a view ended.</summary>
internal enum Outcome : byte
{
    Success,

    /// <summary><see cref="SimulatedView.Error"/> is an index into <see cref="ErrorKind.Failures"/>.</summary>
    Failure,

    /// <summary><see cref="SimulatedView.Error"/> is an index into <see cref="ErrorKind.BusinessExceptions"/>.</summary>
    BusinessException,

    /// <summary><see cref="SimulatedView.Error"/> is an index into <see cref="ErrorKind.Warnings"/>.</summary>
    Warning,
}

/// <summary>One finished view. Numbers stand for names (<see cref="SimulatedNames"/>, <see cref="Circumstances"/>).</summary>
internal struct SimulatedView
{
    /// <summary>The id of the view, unique in its traffic.</summary>
    public ulong Id;

    /// <summary>When the view ended, in milliseconds since the Unix epoch.</summary>
    public long EventTime;

    public int Property;

    /// <summary>The title's number among the titles of all properties.</summary>
    public int Title;

    /// <summary>The time from start to end, in milliseconds.</summary>
    public int Duration;

    public Outcome Outcome;
    public byte Error;
    public byte Cdn;
    public byte Country;
    public byte Network;
    public byte Platform;
    public byte PlayerVersion;
    public byte StreamType;

    /// <summary>Random bits for fields by which nothing is counted.</summary>
    public byte Noise;

    /// <summary>Whether the view failed because of an injected incident.</summary>
    public bool Affected;
}
