using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Containers;

/// <summary>The image, built and run for real.</summary>
[Collection(nameof(ContainerCollection))]
public sealed class ContainerTests(ServiceImage image)
{
    /// <summary>Out of memory, or <c>kill -9</c>.</summary>
    private const int Killed = 137;

    private const int Views = 3_000_000;
    private const int Titles = 1_000_000;

    [Fact]
    public async Task Image_Built_SaysWhatItIsAndWhatItIsMadeOf()
    {
        await image.BuiltAsync();

        var labels = await ContainerEngine.RunAsync("image", "inspect", "--format", "{{json .Config.Labels}}", ServiceImage.Tag);
        var version = await ContainerEngine.RunAsync(["run", "--rm", .. ContainerEngine.Limits, ServiceImage.Tag, "--version"]);
        using var folder = new TemporaryFolder();
        var created = (await ContainerEngine.RunAsync("create", ServiceImage.Tag)).Trim();
        await ContainerEngine.RunAsync("cp", $"{created}:/app/sbom.cdx.json", folder["sbom.json"]);
        await ContainerEngine.RunAsync("rm", created);

        using var said = JsonDocument.Parse(labels);
        var revision = said.RootElement.GetProperty("org.opencontainers.image.revision").GetString();
        Assert.Equal($"{said.RootElement.GetProperty("org.opencontainers.image.version")}+{revision}", version.Trim());
        using var materials = JsonDocument.Parse(await File.ReadAllTextAsync(folder["sbom.json"], TestContext.Current.CancellationToken));
        var components = materials.RootElement.GetProperty("components").EnumerateArray()
            .Select(part => part.GetProperty("name").GetString());
        Assert.Contains("Confluent.Kafka", components);
    }

    [Fact]
    public async Task Service_InItsContainer_AnswersForItsHealthWithoutAShell()
    {
        await image.BuiltAsync();
        using var data = new TemporaryFolder();
        await ContainerEngine.RunAsync("chown", ["10001", data.Path], null);
        await using var service = new ContainerService(data.Path, ["--network", "none"]);
        await service.StartedAsync();

        var health = await service.ExecuteAsync("/app/rx-alerting", "health", "live");
        var shell = await Record.ExceptionAsync(() => service.ExecuteAsync("sh"));

        Assert.StartsWith("live", health, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(shell);
    }

    /// <summary>A million titles in 512 MiB; killed for want of memory once, and stopped twenty times while it reads.</summary>
    [Fact]
    public async Task Service_StoppedAndKilledUnderLoad_EndsInGoodOrderAndCountsEveryViewOnce()
    {
        await image.BuiltAsync();
        using var views = new TemporaryFolder();
        using var data = new TemporaryFolder();
        var written = await CommandRun.OfAsync(
            "simulate", "--views", $"{Views}", "--titles", $"{Titles}", "--format", "access-log", "--out", views.Path);
        written.Expect(ExitCode.Success);
        await ContainerEngine.RunAsync("chown", ["10001", data.Path, views.Path], null);

        await using (var small = Start("100m", data, views, heap: "0x40000000")) // The heap believes to have 1 GiB.
            Assert.True(await small.ExitCodeAsync() == Killed, small.Output);

        var counted = 0L;
        for (var stop = 0; stop < 20; stop++)
        {
            await using var service = Start("512m", data, views);
            await service.CountsMoreThanAsync(counted);
            await service.SignalAsync("TERM");
            var code = await service.ExitCodeAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            Assert.True(code == ExitCode.Success, service.Output);
            Assert.InRange(await CountedAsync(data), counted + 1, Views - 1);
            counted = await CountedAsync(data);
        }

        await using (var last = Start("512m", data, views))
        {
            await last.CountsMoreThanAsync(Views - 1);
            await last.SignalAsync("TERM");
            Assert.Equal(ExitCode.Success, await last.ExitCodeAsync());
        }

        Assert.Equal(Views, await CountedAsync(data));
    }

    private static ContainerService Start(string memory, TemporaryFolder data, TemporaryFolder views, string? heap = null) => new(
        data.Path,
        [
            "--memory", memory, "--memory-swap", memory, "--network", "host", "--volume", $"{views.Path}:/views:ro",
            .. heap is null ? (string[])[] : ["--env", $"DOTNET_GCHeapHardLimit={heap}"],
        ],
        ["run", "--listen", "127.0.0.1:0", "--metrics", "off", "--follow", "/views/views-0.log", "--set", "Follow:StartAt=earliest"]);

    /// <summary>The views that the latest commit has counted.</summary>
    private static async Task<long> CountedAsync(TemporaryFolder data)
    {
        var store = $"Sqlite:Path={data["rx-alerting.db"]}";
        var inspected = await CommandRun.OfAsync("checkpoint", "inspect", "follow/files", "--json", "--set", store);
        inspected.Expect(ExitCode.Success);
        using var json = JsonDocument.Parse(inspected.Output);
        return json.RootElement.GetProperty("views").GetInt64();
    }
}
