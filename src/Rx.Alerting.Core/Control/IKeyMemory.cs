namespace Rx.Alerting.Core.Control;

/// <summary>What a pipeline has learned of its keys.</summary>
internal interface IKeyMemory
{
    /// <summary>Forgets what is known of a key.</summary>
    /// <returns>Why nothing was forgotten, as a sentence; null: it is forgotten.</returns>
    string? Forget(ForgetCommand command);
}
