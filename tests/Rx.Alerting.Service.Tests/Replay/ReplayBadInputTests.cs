using System.IO.Compression;
using System.Text;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Replay;

/// <summary>What people see if the input is wrong: a clear message or a counted reason, never a stack trace.</summary>
public sealed class ReplayBadInputTests(SimulatedTraffic traffic) : IDisposable
{
    private const string Good = """{"view_id":"1","property_id":"1","video_id":"a","view_end":"2026-01-05T10:00:00Z"}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task File_Missing_IsNamed() => await FailsAsync(folder["missing.jsonl"], folder["missing.jsonl"]);

    [Fact]
    public async Task File_IsAFolder_IsNamed() => await FailsAsync(folder.Path, folder.Path);

    [Fact]
    public async Task File_Binary_IsNotRecognised()
    {
        var bytes = new byte[10_000];
        new Random(1).NextBytes(bytes);
        await FailsAsync(folder.Write("views.jsonl", bytes), "--format");
    }

    [Fact]
    public async Task Files_SeveralWrong_AreAllNamed()
    {
        var run = await CommandRun.OfAsync("replay", folder["a"], folder["b"]);

        run.Expect(ExitCode.Failed);
        Assert.Contains($"rx-alerting: {folder["a"]}", run.Error, StringComparison.Ordinal);
        Assert.Contains($"rx-alerting: {folder["b"]}", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task File_Empty_HasNoViewsAndIsNoFault()
    {
        var run = await CommandRun.OfAsync("replay", folder.Write("empty.jsonl", ""), "--format", "mux-json");

        run.Expect(ExitCode.Success);
        Assert.Equal(0, Summary.Of(run.Output, "views"));
    }

    [Fact]
    public async Task Lines_Wrong_AreCountedByReason()
    {
        var file = folder.Write("views.jsonl", Encoding.UTF8.GetBytes(string.Join('\n',
            Good,
            """{"view_id":"2","video_id":"a","view_end":"2026-01-05T10:00:00Z"}""",
            """{"view_id":"3","property_id":"1"}""",
            """{"view_id":"4","property_id":"1","view_end":"-5"}""",
            "nonsense",
            Good,
            Good[..40])));

        var run = await CommandRun.OfAsync("replay", file);

        run.Expect(ExitCode.Success);
        Assert.Equal(2, Summary.Of(run.Output, "views"));
        Assert.Equal(5, Summary.Of(run.Output, "rejected"));
        Assert.Contains("1 missing property", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 missing event time", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 malformed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_CutOff_KeepsWhatCameBeforeAndFails()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(
                await File.ReadAllBytesAsync(traffic.Whole, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        var file = folder.Write("views.gz", packed.ToArray()[..(int)(packed.Length / 2)]);

        var run = await CommandRun.OfAsync("replay", file);

        run.Expect(ExitCode.Failed);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        Assert.InRange(Summary.Of(run.Output, "views"), 1000, SimulatedTraffic.Views - 1000);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task Gzip_SomethingElseBehind_KeepsWhatCameBeforeAndFails()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Good + "\n" + Good), TestContext.Current.CancellationToken);
        var file = folder.Write("views.gz", [.. packed.ToArray(), .. Encoding.UTF8.GetBytes(Good)]);

        var run = await CommandRun.OfAsync("replay", file);

        run.Expect(ExitCode.Failed);
        Assert.Equal(2, Summary.Of(run.Output, "views"));
        Assert.Contains(
            $"{file}: at byte {packed.Length} of the file begins something that is no gzip data", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("--failure-status", "5y")]
    [InlineData("--property", "")]
    [InlineData("--lateness", "-1m")]
    [InlineData("--set", "Windows:PaneInterval=1")]
    public async Task Option_Wrong_IsMisuse(string option, string value)
    {
        var run = await CommandRun.OfAsync("replay", traffic.Whole, option, value);

        run.Expect(ExitCode.Misused);
        run.ExpectNoStackTrace();
    }

    [Fact]
    public async Task Out_SameAsInput_IsRefusedAndLeavesTheInputAlone()
    {
        var file = folder.Write("views.jsonl", Good);

        var run = await CommandRun.OfAsync("replay", file, "--out", file);

        run.Expect(ExitCode.Misused);
        Assert.Equal(Good, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Out_LinkToInput_IsRefusedAndLeavesTheInputAlone()
    {
        var file = folder.Write("views.jsonl", Good);
        File.CreateSymbolicLink(folder["link"], file);

        var run = await CommandRun.OfAsync("replay", file, "--out", folder["link"]);

        run.Expect(ExitCode.Misused);
        Assert.Contains("is also to be read", run.Error, StringComparison.Ordinal);
        Assert.Equal(Good, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Out_OtherFile_IsOverwritten()
    {
        var old = folder.Write("old.jsonl", "what was there");

        (await CommandRun.OfAsync("replay", folder.Write("views.jsonl", Good), "--out", old)).Expect(ExitCode.Success);

        Assert.Empty(await File.ReadAllTextAsync(old, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Names_EmptyOrTwice_AreMisuseAndAllTold()
    {
        var file = folder.Write("views.jsonl", Good);

        var run = await CommandRun.OfAsync("replay", file, Path.Combine(folder.Path, ".", "views.jsonl"), "", "--out", "");

        run.Expect(ExitCode.Misused);
        Assert.Contains("FILE is empty", run.Error, StringComparison.Ordinal);
        Assert.Contains("--out is empty", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}: is given more than once", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_AllRejected_Fails()
    {
        var run = await CommandRun.OfAsync("replay", folder.Write("views.jsonl", Good), "--format", "access-log");

        run.Expect(ExitCode.Failed);
        Assert.Contains("no record could be counted; --format says", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 malformed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Out_CannotBeWritten_IsNamed()
    {
        var run = await CommandRun.OfAsync("replay", traffic.Whole, "--out", folder["no/such/folder"]);

        run.Expect(ExitCode.Failed);
        Assert.Contains("--out", run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }

    private static async Task FailsAsync(string file, string message)
    {
        var run = await CommandRun.OfAsync("replay", file);

        run.Expect(ExitCode.Failed);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        run.ExpectNoStackTrace();
    }
}
