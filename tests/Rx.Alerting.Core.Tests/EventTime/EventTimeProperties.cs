using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>Properties of any stream: with disorder, gaps and garbage in both directions, in one or several partitions.</summary>
public sealed class EventTimeProperties
{
    private const long Bound = 40, Lead = 100;
    private const int Witnesses = 3;

    private static readonly EventTimeOptions Options = new()
    {
        MaximumOutOfOrderness = TimeSpan.FromMilliseconds(Bound),
        MaximumLead = TimeSpan.FromMilliseconds(Lead),
        ConfirmingViews = Witnesses,
    };

    /// <summary>
    /// Steps of event time that make all kinds of streams. Most steps are small; some go back, make gaps, or are garbage.
    /// </summary>
    private static readonly Gen<long[]> Streams = Gen.Frequency(
        (60, Gen.Choose(0, 30).Select(by => (Stray: false, By: (long)by))),
        (15, Gen.Choose(-90, 0).Select(by => (Stray: true, By: (long)by))),
        (5, Gen.Choose(90, 400).Select(by => (Stray: false, By: (long)by))),
        (5, Gen.Choose(1_000_000, 2_000_000).Select(by => (Stray: true, By: (long)by))),
        (3, Gen.Choose(-2_000_000, -1_000_000).Select(by => (Stray: true, By: (long)by)))).ArrayOf().Select(Walk);

    private static readonly Gen<int[]> Cuts = Gen.Choose(1, 7).NonEmptyListOf().Select(cuts => cuts.ToArray());

    [Fact]
    public void Take_AnyCutIntoBatches_DecidesTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Streams.ToArbitrary(), Cuts.ToArbitrary(), (stream, cuts) =>
        {
            var whole = new Verdicts(Options);
            whole.Take("a", stream);
            whole.Finish();
            var cut = new Verdicts(Options);
            for (int at = 0, i = 0; at < stream.Length; at += cuts[i++ % cuts.Length])
                cut.Take("a", stream[at..Math.Min(stream.Length, at + cuts[i % cuts.Length])]);
            cut.Finish();
            return whole.ToString() == cut.ToString();
        }));

    [Fact]
    public void Take_AnyInterleavingOfPartitions_DecidesTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(
        Streams.ToArbitrary(), Streams.ToArbitrary(), Cuts.ToArbitrary(), (first, second, cuts) =>
        {
            var sequential = new Verdicts(Options, "a", "b");
            sequential.Take("a", first);
            sequential.Take("b", second);
            sequential.Finish();
            var interleaved = new Verdicts(Options, "a", "b");
            for (int a = 0, b = 0, i = 0; a < first.Length || b < second.Length; i++)
            {
                var take = cuts[i % cuts.Length];
                interleaved.Take("a", first[Math.Min(a, first.Length)..Math.Min(a += take, first.Length)]);
                interleaved.Take("b", second[Math.Min(b, second.Length)..Math.Min(b += 2, second.Length)]);
            }

            interleaved.Finish();
            return sequential.ToString() == interleaved.ToString();
        }));

    [Fact]
    public void Take_AnyStream_AgreesWithANaiveRecount() => Check.QuickThrowOnFailure(Prop.ForAll(
        Streams.ToArbitrary(), stream =>
        {
            var verdicts = new Verdicts(Options);
            verdicts.Take("a", stream);
            verdicts.Finish();
            var naive = new NaiveEventTime(Bound, Lead, Witnesses);
            naive.Decide(stream);
            return verdicts.Accepted.Order().SequenceEqual(naive.Accepted.Order())
                && verdicts.Late.Order().SequenceEqual(naive.Late.Order());
        }));

    private static long[] Walk((bool Stray, long By)[] steps)
    {
        var now = 10_000_000L;
        return [.. steps.Select(step => step.Stray ? now + step.By : now += step.By)];
    }

    /// <summary>The results for the views of a stream. A view that is in neither list was in the far future.</summary>
    private sealed class Verdicts
    {
        private readonly TimedBatch element = new();
        private readonly WatermarkState state;

        public Verdicts(EventTimeOptions options, params string[] partitions)
        {
            state = new(options, Batches.Pane);
            foreach (var partition in partitions)
                state.Take(Batches.Of(partition), element);
        }

        public List<long> Accepted { get; } = [];

        public List<long> Late { get; } = [];

        public void Take(string partition, long[] eventTimes)
        {
            state.Take(Batches.Of(partition, eventTimes), element);
            Record();
        }

        public void Finish()
        {
            while (state.TryFinish(element))
                Record();
        }

        public override string ToString() => $"{string.Join(',', Accepted.Order())} late {string.Join(',', Late.Order())}";

        private void Record()
        {
            foreach (ref readonly var view in element.Batch.Views)
                Accepted.Add(view.EventTime);
            foreach (ref readonly var late in element.Late)
                Late.Add(late.View.EventTime);
        }
    }
}
