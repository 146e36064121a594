using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Panes;

namespace Rx.Alerting.Core.Windows;

/// <summary>One error type of one property or title: its window, its baseline, and whether an incident holds the series.</summary>
internal sealed class ErrorSeries
{
    /// <summary>A new series is credited with at most so many windows without an error of the type.</summary>
    private const int MaximumCredit = 100;

    private readonly byte[] ownType;
    private ErrorWindow window = new();
    private Baseline baseline;

    /// <summary>Views up to this position have been folded into the baseline, or dropped.</summary>
    private long foldedTo;

    /// <summary>Index of the errors in the pane, where <see cref="PaneErrors"/> is not 0.</summary>
    private int paneErrorIndex;

    private ErrorSeries(Key key, ErrorSeries? parent, byte[] type, ulong typeHash) =>
        (Key, Parent, ownType, TypeHash) = (key, parent, type, typeHash);

    public Key Key { get; }

    /// <summary>The same error type of the title's property; null in a property's own series.</summary>
    public ErrorSeries? Parent { get; }

    public ulong TypeHash { get; }

    public byte[] Type => Parent is null ? ownType : Parent.ownType;

    /// <summary>The key's next series, in the order in which they were first seen.</summary>
    public ErrorSeries? Next { get; set; }

    /// <summary>True while an incident is open: nothing is learned.</summary>
    public bool Held { get; private set; }

    /// <summary>Event time at which the property's latest incident ended. Titles that have not been seen since start anew.</summary>
    public long TitlesRestartAt { get; private set; } = long.MinValue;

    /// <summary>Errors in the pane that is being observed.</summary>
    public int PaneErrors { get; private set; }

    /// <summary>The property, or the property of the title.</summary>
    public Property Property => (Property)(Parent ?? this).Key;

    /// <summary>Event time of the latest error, or of the end of the incident that has counted it (ms since the Unix epoch).</summary>
    public long LastSeen => Math.Max(window.LatestPane, TitlesRestartAt);

    /// <inheritdoc cref="ErrorWindow.Errors"/>
    public int WindowErrors => window.Errors;

    public WindowCount Latest(long views) => window.Latest(Key.Position, views);

    public WindowCount Since(long time) => window.Since(Key.Position, time);

    /// <summary>What is believed of the error rate.</summary>
    public BetaRate Belief(BaselineOptions options) => baseline.Posterior(Prior(options));

    /// <summary>
    /// How much the rate of one window wanders. A title has too few windows to tell, so the property's value is its lower bound.
    /// </summary>
    public double Overdispersion(double rate, BaselineOptions options)
    {
        var own = baseline.Overdispersion(rate, options);
        return Parent is null ? own : Math.Max(own, Parent.baseline.Overdispersion(rate, options));
    }

    /// <summary>
    /// Whether an incident of the title's property ended in <paramref name="pane"/>. That incident has counted the title's views in the
    /// pane.
    /// </summary>
    public bool IsCountedIn(Pane pane) => Parent is not null && Parent.TitlesRestartAt == pane.End;

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
        var errors = window.Leave(leaving, pool);
        if (!Held && Parent is not { Held: true })
            baseline.Fold(leaving - foldedTo, errors, at, Prior(options), largest, options);
        foldedTo = leaving;
    }

    /// <summary>The evaluation of the series at the end of <paramref name="pane"/>; null: as of the latest pane.</summary>
    public Observation Observe(Pane? pane, ExpectedRate expected, int largest) => new(
        new SeriesId(this),
        Key.LastSeen,
        Key.Position,
        PaneErrors,
        PaneErrors > 0 ? new FailureSample(pane, paneErrorIndex) : default,
        expected.Of(this),
        new WindowView(window, Key.Position, largest),
        Held);

    /// <summary>The pane has been observed.</summary>
    public void ClosePane() => PaneErrors = 0;

    /// <summary>An incident opens. Until it ends, the baseline learns nothing.</summary>
    public void Hold()
    {
        Held = true;
        Key.HeldSeries++;
    }

    /// <summary>
    /// The incident has ended. The window starts anew, and so do those of the property's titles: nothing is counted twice.
    /// </summary>
    public void Release(long at)
    {
        Held = false;
        Key.HeldSeries--;
        if (Key is Property property)
            property.TitlesRestartAt = TitlesRestartAt = at;
        Restart(Key.Position);
    }

    /// <summary>The incident's level is normal from now on.</summary>
    public void Accept(WindowCount level, long at) => baseline.Accept(level.Views, level.Errors, at);

    /// <summary>Forgets the views before <paramref name="position"/>, which an incident has counted.</summary>
    public void Restart(long position)
    {
        window.Restart(position);
        baseline.Restart();
        foldedTo = position;
    }

    public static ErrorSeries New(
        Key key, ErrorSeries? parent, ReadOnlySpan<byte> type, ulong typeHash, int largest, BaselineOptions options)
    {
        var behind = Math.Max(0, key.Position - largest);
        return new ErrorSeries(key, parent, parent is null ? type.ToArray() : [], typeHash)
        {
            baseline = new Baseline(Math.Min(behind, (long)MaximumCredit * largest), key.LastSeen, options),
            foldedTo = behind,
        };
    }

    public const string Layout =
        "type bytes, typeHash u64, held bool, titlesRestartAt i64, foldedTo i64, "
        + $"window ({ErrorWindow.Layout}), baseline ({Baseline.Layout})";

    /// <inheritdoc cref="Key.ReadAhead"/>
    public int ReadAhead() => Type.Length + window.ReadAhead();

    public void Save(StateWriter writer)
    {
        writer.Bytes(Type);
        writer.UInt64(TypeHash);
        writer.Boolean(Held);
        writer.Int64(TitlesRestartAt);
        writer.Int64(foldedTo);
        window.Save(writer);
        baseline.Save(writer);
    }

    public static ErrorSeries Load(StateReader reader, Key key, Property? property)
    {
        var type = reader.Bytes();
        var hash = reader.UInt64();
        var parent = property?.Find(hash);
        if (property is not null && parent is null)
            throw new CheckpointFormatException("The checkpoint is damaged: a title has an error type that its property has not.");
        var held = reader.Boolean();
        key.HeldSeries += held ? 1 : 0;
        return new ErrorSeries(key, parent, parent is null ? type : [], hash)
        {
            Held = held,
            TitlesRestartAt = reader.Int64(),
            foldedTo = reader.Int64(),
            window = ErrorWindow.Load(reader),
            baseline = Baseline.Load(reader),
        };
    }

    /// <summary>What is believed before the first view: little of a property; of a title, that it does what its property does.</summary>
    private BetaRate Prior(BaselineOptions options)
    {
        var (rate, weight) = Parent is null
            ? (options.InitialErrorRate, options.InitialViews)
            : (Parent.Belief(options).Mean, options.TitlePriorViews);
        return new BetaRate(rate, 1 - rate, 1 / weight);
    }
}
