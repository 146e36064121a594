namespace Rx.Alerting.Core.Dumps;

/// <summary>Repeats what fails and may pass, at growing intervals and a few times.</summary>
internal sealed class RepeatingTarget(IDumpTarget target, TimeProvider clock) : IDumpTarget
{
    /// <summary>The intervals between attempts.</summary>
    private static readonly TimeSpan[] Intervals = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(16)];

    public string Locate(string key) => target.Locate(key);

    public Task WriteAsync(string key, Stream content, CancellationToken cancel) => RunAsync(
        async () =>
        {
            await target.WriteAsync(key, content, cancel).ConfigureAwait(false);
            return true;
        },
        cancel);

    public Task<byte[]?> ReadAsync(string key, CancellationToken cancel) => RunAsync(() => target.ReadAsync(key, cancel), cancel);

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel) =>
        RunAsync(() => target.ListAsync(folder, cancel), cancel);

    private async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (DumpTargetException failure) when (failure.MayPass)
            {
                if (attempt == Intervals.Length)
                    throw new DumpTargetException($"{failure.Message} (attempt {attempt + 1})", mayPass: true, failure);
            }

            await Task.Delay(Intervals[attempt], clock, cancel).ConfigureAwait(false);
        }
    }
}
