using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Tests.Checkpoints;

public sealed class EntrySpoolTests
{
    private const int Entries = 10_000, EntryBytes = 2000;

    /// <summary>Of titles, and of any other section: memory holds a part of the section at a time.</summary>
    [Theory]
    [InlineData(StateSections.Titles)]
    [InlineData(StateSections.History)]
    [InlineData(StateSections.Commands)]
    public void Read_LargeSection_HasASmallPartInMemory(string section)
    {
        using var spool = new EntrySpool(Path.GetTempPath(), long.MaxValue, [section]);
        var value = new byte[EntryBytes];
        spool.AddHad([.. Enumerable.Range(0, Entries).Select(i => new StateEntry(new(section, 2, (ulong)i), value))]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = spool.Read(section).Count();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Entries, read);
        Assert.InRange(allocated, 0, (long)Entries * EntryBytes / 4);
    }

    [Fact]
    public void Read_ChangesCameMeanwhile_HasTheLatest()
    {
        using var spool = new EntrySpool(Path.GetTempPath(), long.MaxValue, [StateSections.History]);
        spool.AddChanges(new([Entry(1, 2), Entry(2, 2)], [Key(3)]));
        spool.AddHad([Entry(1, 1), Entry(3, 1), Entry(4, 1)]);
        spool.AddChanges(new([Entry(2, 3)], []));

        var read = spool.Read(StateSections.History).Select(entry => (entry.Key.Low, entry.Value.Span[0])).Order();

        Assert.Equal([(1UL, (byte)2), (2UL, (byte)3), (4UL, (byte)1)], read);
    }

    private static StateKey Key(ulong low) => new(StateSections.History, 0, low);

    private static StateEntry Entry(ulong low, byte value) => new(Key(low), new[] { value });
}
