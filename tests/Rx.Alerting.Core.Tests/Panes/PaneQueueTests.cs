using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Panes;

public sealed class PaneQueueTests
{
    [Fact]
    public void Queue_AnyInsertionsAndRemovals_IsASortedDictionary() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new SplitMix((ulong)(uint)seed);
        var (queue, model) = (new PaneQueue(), new SortedDictionary<long, Pane>());
        var now = 0L;
        for (var i = 0; i < 500; i++)
        {
            now += random.Next(3);
            var start = now - random.Next(random.Next(10) == 0 ? 400 : 5);
            var index = queue.Find(start);
            Assert.Equal(model.ContainsKey(start), index >= 0);
            if (index < 0)
            {
                var pane = new Pane();
                pane.Reset(start, start + 1);
                queue.Insert(~index, pane);
                model.Add(start, pane);
            }

            Assert.Same(model[start], queue[queue.Find(start)]);
            for (var removals = random.Next(3); removals > 0 && model.Count > 0; removals--)
            {
                Assert.Same(model.First().Value, queue.First);
                queue.RemoveFirst();
                model.Remove(model.First().Key);
            }

            Assert.Equal(model.Values, queue.All.ToArray());
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
}
