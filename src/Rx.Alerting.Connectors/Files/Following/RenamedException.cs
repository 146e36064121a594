namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Another file got the path of a file after it was found and before it was opened. The file has to be looked for again.</summary>
internal sealed class RenamedException(string path) : IOException($"{path} was renamed while it was opened");
