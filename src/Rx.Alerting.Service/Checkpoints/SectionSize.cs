namespace Rx.Alerting.Service.Checkpoints;

/// <summary>What a section of a checkpoint has.</summary>
internal readonly record struct SectionSize(string Section, long Entries, long Bytes);

/// <summary>What the sections of a checkpoint have.</summary>
/// <param name="Sections">Those that have any entries, in their order.</param>
/// <param name="Fault">Why the checkpoint is not whole, and what to do; null: it is, as far as the store knows.</param>
internal sealed record StoredSizes(IReadOnlyList<SectionSize> Sections, string? Fault);
