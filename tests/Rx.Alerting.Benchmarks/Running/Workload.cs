namespace Rx.Alerting.Benchmarks.Running;

/// <summary>Something that is compared side by side in one run.</summary>
/// <param name="Name">As it is called on the command line.</param>
/// <param name="Summary">What is compared, in one line.</param>
/// <param name="Options">Its options with their defaults.</param>
/// <param name="Run">Measures and prints.</param>
internal sealed record Workload(string Name, string Summary, IReadOnlyDictionary<string, string> Options, Action<Arguments> Run);
