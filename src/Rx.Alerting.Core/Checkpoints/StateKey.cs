namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Names one entry of a checkpoint within its pipeline.</summary>
/// <param name="Section">One of <see cref="StateSections"/>.</param>
/// <param name="High">The first part of the key within its section. Of a title: the hash of the title's property.</param>
/// <param name="Low">The second part of the key. Of a title: the hash of the title's name.</param>
public readonly record struct StateKey(string Section, ulong High, ulong Low);

/// <summary>The smallest part of a pipeline's state that is written on its own.</summary>
/// <param name="Key">The entry's name.</param>
/// <param name="Value">Encoded by a <see cref="StateWriter"/>. Never empty.</param>
public readonly record struct StateEntry(StateKey Key, ReadOnlyMemory<byte> Value);
