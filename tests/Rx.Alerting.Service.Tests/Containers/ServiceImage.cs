namespace Rx.Alerting.Service.Tests.Containers;

/// <summary>
/// The image of the Dockerfile, built by <c>eng/image</c> on stand-ins for its base images: this machine's own SDK, and a runtime without a
/// shell, as in the chiseled images.
/// </summary>
public sealed class ServiceImage
{
    public const string Tag = "localhost/rx-alerting:test";

    private readonly Lazy<Task> built = new(BuildAsync);

    /// <summary>Builds the image if no test has done so yet. Skips the test where containers cannot be run.</summary>
    public async Task BuiltAsync()
    {
        ContainerEngine.Require();
        await built.Value;
    }

    private static async Task BuildAsync()
    {
        foreach (var kind in (string[])["sdk", "runtime"])
        {
            using var folder = new TemporaryFolder();
            var archive = folder["base.tar"];
            await ContainerEngine.RunAsync("sh", ["-c", $"tests/containers/base {kind} >'{archive}'"], null);
            await ContainerEngine.RunAsync("import", archive, Base(kind));
        }

        string[] mounts =
        [
            $"{DotNetFolder()}:/usr/share/dotnet:ro",
            $"{Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget")}:/root/.nuget",
            .. new[] { "/etc/ssl/certs", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates" }
                .Where(Directory.Exists).Select(certificates => $"{certificates}:{certificates}:ro"),
        ];
        string[] arguments =
        [
            Tag,
            "--isolation", "oci",
            "--network", "host",
            .. ContainerEngine.Limits,
            .. mounts.SelectMany(mount => (string[])["--volume", mount]),
            "--build-arg", $"SDK={Base("sdk")}",
            "--build-arg", $"CHISELED={Base("runtime")}",
        ];
        var builder = new Dictionary<string, string> { ["RX_ALERTING_BUILDER"] = $"podman {string.Join(' ', ContainerEngine.Global)}" };
        await ContainerEngine.RunAsync(Repository.PathOf("eng", "image"), arguments, builder);
    }

    private static string Base(string kind) => $"localhost/rx-alerting-base:{kind}";

    /// <summary>Where the SDK is that runs these tests.</summary>
    private static string DotNetFolder() =>
        Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location)!)!)!)!;
}

/// <summary>Tests in containers, after all others: building the image takes all of the machine.</summary>
[CollectionDefinition(nameof(ContainerCollection), DisableParallelization = true)]
public sealed class ContainerCollection : ICollectionFixture<ServiceImage>;
