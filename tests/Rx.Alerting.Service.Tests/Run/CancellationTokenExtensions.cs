namespace Rx.Alerting.Service.Tests.Run;

internal static class CancellationTokenExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the token is cancelled, and fails the test if that takes too long.</summary>
    public static async Task WhenCancelledAsync(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }
}
