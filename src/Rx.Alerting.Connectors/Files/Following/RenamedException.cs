namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Between looking for a file and opening it, another one has got its path. It has to be looked for anew.</summary>
internal sealed class RenamedException(string path) : IOException($"{path} was renamed while it was opened");
