using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Core.Tests.Dumps;

/// <summary>A command that comes again, also after a dump that was broken off.</summary>
public sealed partial class PipelineDumpTests
{
    [Fact]
    public async Task Dump_CommandComesAgain_HasTheSameAnswerAndWritesNoRows()
    {
        var running = Run();
        var first = await DumpAsync(ErrorRates(), running);
        var rows = Target.Bytes(PartKeys[1]);

        var again = await DumpAsync(ErrorRates(by: "bob"), running);

        Assert.True(again.WasThere);
        Assert.Equal((first.Location, first.Manifest.Commit), (again.Location, again.Manifest.Commit));
        Assert.Equal(first.Manifest.Sha256, again.Manifest.Sha256);
        Assert.Same(rows, Target.Bytes(PartKeys[1]));
        Assert.Equal(PartKeys, Target.Keys);
    }

    /// <summary>Processes execute a command at different moments, as around midnight.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task Dump_OtherPipelineDaysLater_IsBesideTheFirst(int days)
    {
        var (one, two) = (Run("one"), Run("two"));
        await DumpAsync(ErrorRates(), one, "one");
        Clock.Advance(TimeSpan.FromDays(days));

        await DumpAsync(ErrorRates(), two, "two");

        Assert.True((await DumpAsync(ErrorRates(), one, "one")).WasThere);
        Assert.All(Target.Keys, key => Assert.StartsWith("c/", key, StringComparison.Ordinal));
        Assert.Equal(2, Target.Json("c/manifest.json").GetProperty("parts").GetArrayLength());
    }

    /// <summary>A process that begins must not take away what another one has named already.</summary>
    [Fact]
    public async Task Dump_OtherPipelineIsBrokenOff_LeavesTheNamesOfTheFirst()
    {
        var (one, two) = (Run("one"), Run("two"));
        await DumpAsync(ErrorRates(), one, "one");
        var calls = 0;
        Target.Before = (_, _) => calls++ == 2 ? throw new InvalidOperationException("killed") : Task.CompletedTask;

        await Assert.ThrowsAsync<InvalidOperationException>(() => DumpAsync(ErrorRates(), two, "two"));

        Assert.Equal(1, Target.Json("c/manifest.json").GetProperty("parts").GetArrayLength());
    }

    [Fact]
    public async Task Dump_SameIdWithOtherArguments_IsRefused()
    {
        var running = Run();
        await DumpAsync(ErrorRates(), running);

        var refused = await Assert.ThrowsAsync<DumpRefusedException>(() => DumpAsync(ErrorRates(new("one"), by: "bob"), running));
        await Assert.ThrowsAsync<DumpRefusedException>(() => DumpAsync(new("c", "ann", DumpKind.Incidents), running));

        Assert.Equal("command c was sent before, by ann, as dump-error-rates with other arguments; take another id", refused.Message);
    }

    /// <summary>The process is killed at every call to the target, and the command comes again.</summary>
    [Fact]
    public async Task Dump_BrokenOffAtAnyCall_IsMadeAnewAndWhole()
    {
        var running = Run();
        var calls = 0;
        Target.Before = (_, _) => Task.FromResult(calls++);
        var whole = await DumpAsync(ErrorRates(), running);
        var (expected, all) = (Rows().Select(row => row.ToString()).Order(), calls);

        for (var killed = 0; killed < all; killed++)
        {
            foreach (var key in Target.Keys)
                Target.Remove(key);
            calls = 0;
            Target.Before = (_, _) => calls++ == killed ? throw new InvalidOperationException("killed") : Task.CompletedTask;
            await Assert.ThrowsAsync<InvalidOperationException>(() => DumpAsync(ErrorRates(), running));
            Target.Before = (_, _) => Task.CompletedTask;

            var made = await DumpAsync(ErrorRates(), running);

            Assert.Equal(PartKeys, Target.Keys);
            Assert.Equal(whole.Manifest.Rows, made.Manifest.Rows);
            Assert.Equal(expected, Rows().Select(row => row.ToString()).Order());
            Assert.Equal(1, Target.Json(PartKeys[0]).GetProperty("parts").GetArrayLength());
        }

        Assert.InRange(all, 7, 50);
    }
}
