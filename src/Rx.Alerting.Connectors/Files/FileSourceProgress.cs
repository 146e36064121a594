namespace Rx.Alerting.Connectors.Files;

/// <summary>How far a <see cref="FileViewSource"/> is.</summary>
/// <param name="BytesRead">Bytes read from the files as they are on disk.</param>
/// <param name="TotalBytes">Bytes of all files on disk; null if one of them has no known length, as the standard input.</param>
/// <param name="Records">Records decoded, rejected ones included.</param>
public readonly record struct FileSourceProgress(long BytesRead, long? TotalBytes, long Records);
