using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>One error type of one property or title: its window, its baseline, and whether an incident holds the series.</summary>
internal abstract class ErrorSeries
{
    /// <summary>A new series is credited with at most so many windows without an error of the type.</summary>
    private const int MaximumCredit = 100;

    private ErrorWindow window = new();
    private Baseline baseline;

    /// <summary>Views up to this position have been folded into the baseline, or dropped.</summary>
    private long foldedTo;

    /// <summary>Index of the errors in the pane, where <see cref="PaneErrors"/> is not 0.</summary>
    private int paneErrorIndex;

    protected ErrorSeries(Key key, ulong typeHash) => (Key, TypeHash) = (key, typeHash);

    public Key Key { get; }

    /// <summary>The same error type of the title's property; null in a property's own series.</summary>
    public abstract PropertySeries? Parent { get; }

    public ulong TypeHash { get; }

    /// <summary>Name of the error type, in UTF-8.</summary>
    public abstract byte[] Type { get; }

    /// <summary>The key's next series, in the order in which they were first seen.</summary>
    public ErrorSeries? Next { get; set; }

    /// <summary>True while an incident is open: nothing is learned.</summary>
    public bool Held { get; private set; }

    /// <summary>Errors in the pane that is being observed.</summary>
    public int PaneErrors { get; private set; }

    /// <summary>The property, or the property of the title.</summary>
    public Property Property => (Property)(Parent ?? this).Key;

    /// <inheritdoc cref="ErrorWindow.LatestPane"/>
    public long LatestPane => window.LatestPane;

    /// <summary>When the error type was seen last (ms since the Unix epoch).</summary>
    public virtual long LastSeen => LatestPane;

    /// <summary>
    /// Whether an incident of the property has counted what is in the window. The title's next view starts the window anew.
    /// </summary>
    public bool IsRestartDue => !Held && Parent is { } parent && parent.TitlesRestartAt >= Key.LastSeen;

    /// <inheritdoc cref="ErrorWindow.Errors"/>
    public int WindowErrors => window.Errors;

    /// <summary>Position of the oldest pane with errors in the window, or of the key where there is none.</summary>
    public long OldestPosition => window.OldestPosition(Key.Position);

    public WindowCount Latest(long views) => window.Latest(Key.Position, views);

    public WindowCount Since(long time) => window.Since(Key.Position, time);

    /// <summary>What is believed of the error rate of a window: the belief, and how much a window wanders.</summary>
    public BetaRate Expected(BaselineOptions options)
    {
        var belief = Belief(options);
        return belief.Widened(Overdispersion(belief.Mean, options));
    }

    /// <summary>Views that the baseline has learned, decayed.</summary>
    public double Learned => baseline.Weight;

    /// <summary>What is believed of the error rate.</summary>
    public BetaRate Belief(BaselineOptions options) => baseline.Posterior(Prior(options));

    /// <summary>How much the rate of one window wanders.</summary>
    public virtual double Overdispersion(double rate, BaselineOptions options) => baseline.Overdispersion(rate, options);

    /// <summary>Adds the errors of a pane that begins at <paramref name="position"/>.</summary>
    public void Add(long position, int views, int errors, int error, long paneStart, FailedPanePool pool)
    {
        window.Add(position, views, errors, paneStart, pool);
        PaneErrors += errors;
        paneErrorIndex = error;
    }

    /// <summary>
    /// Takes views that have left the largest window out of it. They are folded into the baseline, unless an incident of the series or
    /// of its property is open.
    /// </summary>
    public void Fold(long at, int largest, BaselineOptions options, FailedPanePool pool)
    {
        var leaving = Key.Position - largest;
        if (leaving <= foldedTo)
            return;
        var errors = Leave(ref window, leaving, largest, pool);
        if (!Held && Parent is not { Held: true })
            baseline.Fold(leaving - foldedTo, errors, at, Prior(options), largest, options);
        foldedTo = leaving;
    }

    /// <summary>The evaluation of the series at the end of <paramref name="pane"/>; null: as of the latest pane.</summary>
    public Observation Observe(Pane? pane, BaselineOptions options, int largest) => new(
        new SeriesId(this),
        Key.LastSeen,
        Key.Position,
        PaneErrors,
        PaneErrors > 0 ? new FailureSample(pane, paneErrorIndex) : default,
        Expected(options),
        View(largest),
        Held);

    public WindowView View(int largest) => new(window, Key.Position, largest);

    /// <summary>The pane has been observed.</summary>
    public virtual void ClosePane() => PaneErrors = 0;

    /// <summary>An incident opens. Until it ends, the baseline learns nothing.</summary>
    /// <param name="since">Begin of the incident's window (ms since the Unix epoch).</param>
    /// <param name="pool">Where room for entries comes from.</param>
    public virtual void Hold(long since, FailedPanePool pool)
    {
        Held = true;
        Key.HeldSeries++;
    }

    /// <summary>The incident has ended. The window starts anew: nothing is counted twice.</summary>
    public virtual void Release(long at)
    {
        Held = false;
        Key.HeldSeries--;
        Restart(Key.Position);
    }

    /// <summary>The incident's level is normal from now on.</summary>
    public void Accept(WindowCount level, long at) => baseline.Accept(level.Views, level.Errors, at);

    /// <summary>Forgets the views before <paramref name="position"/>, which an incident has counted.</summary>
    public virtual void Restart(long position)
    {
        window.Restart(position);
        baseline.Restart();
        foldedTo = position;
    }

    /// <summary>Forgets the window and the baseline. Earlier views are no successes: nothing is known of them.</summary>
    public void Forget(BaselineOptions options)
    {
        Restart(Key.Position);
        baseline = new Baseline(0, Key.LastSeen, options);
    }

    /// <summary>A series that is new for its key: the key's earlier views were successes.</summary>
    protected void Begin(int largest, BaselineOptions options)
    {
        foldedTo = Math.Max(0, Key.Position - largest);
        baseline = new Baseline(Math.Min(foldedTo, (long)MaximumCredit * largest), Key.LastSeen, options);
    }

    public const string Layout =
        $"type bytes, held bool, foldedTo i64, window ({ErrorWindow.Layout}), baseline ({Baseline.Layout})";

    /// <inheritdoc cref="Key.ReadAhead"/>
    public int ReadAhead() => Type.Length + window.ReadAhead();

    public virtual void Save(StateWriter writer)
    {
        writer.Bytes(Type);
        writer.Boolean(Held);
        writer.Int64(foldedTo);
        window.Save(writer);
        baseline.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote behind the type.</summary>
    protected virtual void Load(StateReader reader)
    {
        Held = reader.Boolean();
        Key.HeldSeries += Held ? 1 : 0;
        foldedTo = reader.Int64();
        window = ErrorWindow.Load(reader);
        baseline = Baseline.Load(reader);
    }

    /// <summary>What is believed before the first view.</summary>
    protected abstract BetaRate Prior(BaselineOptions options);

    /// <summary>Takes out of the window what has left the largest one.</summary>
    /// <returns>The errors that the baseline may learn.</returns>
    protected virtual long Leave(ref ErrorWindow from, long position, int largest, FailedPanePool pool) => from.Leave(position, pool);

    /// <summary>The window as it is now. Not a copy of its entries.</summary>
    protected ErrorWindow Window => window;
}
