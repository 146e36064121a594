namespace Rx.Alerting.Core.Checkpoints;

/// <summary>The state of one operator of the dataflow: all that it must know to go on in a new graph.</summary>
public interface IOperatorState
{
    /// <summary>Names the section of the checkpoint; never changes.</summary>
    string Name { get; }

    /// <summary>Version of the encoding; grows by one with every change of what <see cref="Save"/> writes.</summary>
    int Version { get; }

    void Save(StateWriter writer);

    /// <summary>Replaces this state by what <see cref="Save"/> of the same version has written.</summary>
    void Load(StateReader reader);
}
