namespace Rx.Alerting.Connectors.Files;

/// <summary>Why a file could not be read to its end. The views before that count, and the other files are read on.</summary>
/// <param name="File">The path as given.</param>
/// <param name="Message">The fault, and how far reading came, for people.</param>
public sealed record SourceProblem(string File, string Message);
