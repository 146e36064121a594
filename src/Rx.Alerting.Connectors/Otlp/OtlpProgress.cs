namespace Rx.Alerting.Connectors.Otlp;

/// <summary>How far one exporter has come, and what it has lost. Thread-safe.</summary>
/// <param name="signal">metrics or traces.</param>
/// <param name="tally">Gets how each export ends.</param>
internal sealed class OtlpProgress(string signal, OtlpTally tally)
{
    [ThreadStatic]
    private static bool isThreadExporting;

    [ThreadStatic]
    private static string? threadsProblem;

    private readonly Lock gate = new();
    private long waiting, lost;
    private bool isExporting, hasEndedWell;

    /// <summary>Whether the latest export has ended, and the collector has taken it.</summary>
    public bool IsTaken
    {
        get
        {
            lock (gate)
                return hasEndedWell && !isExporting;
        }
    }

    /// <summary>Items that wait, or were lost since the export began: they have not reached the collector.</summary>
    public long NotTaken
    {
        get
        {
            lock (gate)
                return waiting + lost;
        }
    }

    /// <summary>Says why the export on this thread fails. What is said first counts: the rest are its consequences.</summary>
    /// <returns>False: there is none.</returns>
    public static bool TryExplain(string problem)
    {
        if (isThreadExporting)
            threadsProblem ??= problem;
        return isThreadExporting;
    }

    /// <summary>Takes in one item that will be exported.</summary>
    /// <returns>False: as many as can be are waiting.</returns>
    public bool TryEnter(long maximum)
    {
        lock (gate)
        {
            if (waiting >= maximum)
                return false;
            waiting++;
            return true;
        }
    }

    /// <summary>An export begins on this thread.</summary>
    public void Begin()
    {
        (isThreadExporting, threadsProblem) = (true, null);
        lock (gate)
            isExporting = true;
    }

    /// <summary>The export on this thread has ended.</summary>
    /// <param name="isTaken">Whether the collector has taken it.</param>
    /// <param name="items">What was in it, of what waited.</param>
    public void End(bool isTaken, long items)
    {
        var problem = threadsProblem ?? "OpenTelemetry does not say why";
        (isThreadExporting, threadsProblem) = (false, null);
        lock (gate)
        {
            (isExporting, hasEndedWell) = (false, isTaken);
            waiting -= Math.Min(waiting, items);
            lost += isTaken ? 0 : items;
        }

        if (isTaken)
            tally.Succeed(signal, this);
        else
            tally.Fail(signal, this, problem);
    }

    /// <summary>What was lost until now is told, and does not count again.</summary>
    public void ForgetLost()
    {
        lock (gate)
            lost = 0;
    }
}
