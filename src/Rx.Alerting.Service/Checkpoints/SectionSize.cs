namespace Rx.Alerting.Service.Checkpoints;

/// <summary>The size of a section of a checkpoint.</summary>
internal readonly record struct SectionSize(string Section, long Entries, long Bytes);

/// <summary>The sizes of all sections of a checkpoint.</summary>
/// <param name="Sections">The sections that have entries, in their order.</param>
/// <param name="Fault">Why the checkpoint is not whole, and what to do. Null if it is whole, as far as the store knows.</param>
internal sealed record StoredSizes(IReadOnlyList<SectionSize> Sections, string? Fault);
