using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;
using Property = Rx.Alerting.Core.Windows.Property;

namespace Rx.Alerting.Core.Tests.Windows;

public sealed class TitleTableTests
{
    /// <summary>
    /// There are few hashes, so that slots collide all the time. The model is a list in the order in which titles were touched.
    /// </summary>
    [Fact]
    public void Table_AnyAdditionsTouchesAndRemovals_IsAListInTheOrderOfTouching() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new SplitMix((ulong)(uint)seed);
        var properties = new[] { new Property("p"u8.ToArray(), 1), new Property("q"u8.ToArray(), 2) };
        var (table, model) = (new TitleTable(), new List<Title>());
        for (var i = 0; i < 400; i++)
        {
            var (property, hash) = (properties[random.Next(2)], (ulong)random.Next(60));
            var title = table.Find(property, hash);
            Assert.Same(model.SingleOrDefault(other => other.Property == property && other.Hash == hash), title);
            if (title is null)
                table.Add(title = new Title(property, [], hash));
            else if (random.Next(2) == 0)
                table.Remove(title);
            else
                table.Touch(title);
            model.Remove(title);
            if (table.Find(property, hash) is not null)
                model.Add(title);

            Assert.Equal(model.Count, table.Count);
            Assert.Equal(model, InOrder(table));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    private static IEnumerable<Title> InOrder(TitleTable table)
    {
        for (var title = table.Oldest; title is not null; title = title.SeenAfter)
            yield return title;
    }
}
