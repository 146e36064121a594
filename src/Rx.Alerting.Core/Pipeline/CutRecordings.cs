using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>The cuts of one pipeline that are being made. Thread-safe.</summary>
internal sealed class CutRecordings
{
    private readonly Lock gate = new();
    private List<CutRecording> recordings = [];
    private bool isRunning;

    /// <summary>A pipeline runs, from a restored state, until the result is disposed.</summary>
    public IDisposable Begin()
    {
        lock (gate)
            isRunning = true;
        return new Running(this);
    }

    /// <summary>Records from now on.</summary>
    /// <returns>False if no pipeline runs at this moment.</returns>
    public bool TryAdd(CutRecording recording)
    {
        lock (gate)
        {
            if (isRunning)
                recordings = [.. recordings, recording];
            return isRunning;
        }
    }

    public void Remove(CutRecording recording)
    {
        lock (gate)
            recordings = [.. recordings.Where(other => other != recording)];
    }

    /// <inheritdoc cref="CutRecording.Take"/>
    public void Take(long commit) => Each(recording => recording.Take(commit));

    /// <inheritdoc cref="CutRecording.Confirm"/>
    public void Confirm(CheckpointCommit commit) => Each(recording => recording.Confirm(commit));

    private void Each(Action<CutRecording> act)
    {
        List<CutRecording> all;
        lock (gate)
            all = recordings;
        all.ForEach(act);
    }

    private sealed class Running(CutRecordings cuts) : IDisposable
    {
        public void Dispose()
        {
            lock (cuts.gate)
                cuts.isRunning = false;
            cuts.Each(recording => recording.Break("the pipeline has begun anew meanwhile, or has stopped"));
        }
    }
}
