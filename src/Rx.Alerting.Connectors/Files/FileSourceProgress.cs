namespace Rx.Alerting.Connectors.Files;

/// <summary>How far a <see cref="FileViewSource"/> is.</summary>
/// <param name="BytesRead">Bytes read from the files as they are on disk.</param>
/// <param name="TotalBytes">Bytes of all files on disk. Null if the length of one is not known, as of the standard input.</param>
/// <param name="Records">Records decoded, including rejected records.</param>
public readonly record struct FileSourceProgress(long BytesRead, long? TotalBytes, long Records);
