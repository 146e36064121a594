namespace Rx.Alerting.Connectors.Simulation;

/// <summary>How a view went.</summary>
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

/// <summary>One finished view; numbers stand for names (<see cref="SimulatedNames"/>, <see cref="Circumstances"/>).</summary>
internal struct SimulatedView
{
    /// <summary>Unique in its traffic.</summary>
    public ulong Id;

    /// <summary>When it ended: milliseconds since the Unix epoch.</summary>
    public long EventTime;

    public int Property;

    /// <summary>Number among the titles of all properties.</summary>
    public int Title;

    /// <summary>From start to end, in milliseconds.</summary>
    public int Duration;

    public Outcome Outcome;
    public byte Error;
    public byte Cdn;
    public byte Country;
    public byte Network;
    public byte Platform;
    public byte PlayerVersion;
    public byte StreamType;

    /// <summary>More randomness for fields that nobody counts by.</summary>
    public byte Noise;

    /// <summary>Whether it failed because of an injected incident.</summary>
    public bool Affected;
}
