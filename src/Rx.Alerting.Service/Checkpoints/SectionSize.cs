namespace Rx.Alerting.Service.Checkpoints;

/// <summary>What a section of a checkpoint has.</summary>
internal readonly record struct SectionSize(string Section, long Entries, long Bytes);
