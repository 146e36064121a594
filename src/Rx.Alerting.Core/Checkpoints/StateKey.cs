namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Names one entry of a checkpoint within its pipeline.</summary>
/// <param name="Section">One of <see cref="StateSections"/>.</param>
/// <param name="High">What comes first in the order of a section: of a title's entry, the hash of its property.</param>
/// <param name="Low">What tells apart entries that share <paramref name="High"/>: of a title's entry, the hash of its name.</param>
public readonly record struct StateKey(string Section, ulong High, ulong Low);

/// <summary>The smallest part of a pipeline's state that is written on its own.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Encoded by a <see cref="StateWriter"/>; never empty.</param>
public readonly record struct StateEntry(StateKey Key, ReadOnlyMemory<byte> Value);
