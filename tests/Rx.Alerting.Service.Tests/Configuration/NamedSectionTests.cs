using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Configuration;

/// <summary>Channels and routes are sections that people name, and have secrets in them.</summary>
public sealed class NamedSectionTests : IDisposable
{
    private const string Secret = "https://hooks.example.com/T0/planted-secret";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Build_TwoChannels_EachHasItsOwnOptions()
    {
        var settings = Build(
            "Channels:one:Kind=webhook", "Channels:one:Url=http://a/", "channels:TWO:kind=webhook", "Channels:two:Url=http://b/");

        Assert.Equal(["one", "two"], settings.Channels.All.Keys);
        Assert.Equal("http://b/", settings.Channels.All["two"].Webhook.Url);
    }

    [Theory]
    [InlineData("Channels:a:Url=http://a/", "Channels:a:Kind is not set, must be slack, pagerduty, alertmanager, webhook or mail")]
    [InlineData("Channels:a:Kind=pigeon", "Channels:a:Kind is “pigeon”, must be one of")]
    [InlineData("Channels:a b:Kind=webhook", "Channels:a b is no name for a channel")]
    [InlineData("Channels:board:Kind=webhook", "Channels:board is no name for a channel")]
    [InlineData("Channels:a:Kind=webhook", "Channels:a:Url must be an address such as")]
    [InlineData("Channels:a:Ulr=x", "there is no option Channels:a:Ulr; did you mean Channels:a:Url?")]
    [InlineData("Channels:a:Kind=webhook;Channels:a:RoutingKey=abc", "Channels:a:RoutingKey is no option of a channel of kind webhook")]
    [InlineData("Routes:10:Channels=ops", "Routes:10:Channels has ops, which is no channel")]
    [InlineData("Channels:a:ReminderInterval=31d", "Channels:a:ReminderInterval is 31d, must be from 0s to 30d")]
    public void Build_Fault_NamesTheKeyAsPeopleWriteIt(string set, string expected) =>
        Assert.Contains(Faults(set.Split(';')), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Build_SecretInAFile_IsReadFromThere()
    {
        var path = folder.Write("url", Secret + "\n");

        Assert.Equal(Secret, Build("Channels:a:Kind=webhook", $"Channels:a:UrlFile={path}").Channels.All["a"].Webhook.Url);
        Assert.Contains(
            Faults("Channels:a:Kind=webhook", $"Channels:a:UrlFile={path}", $"Channels:a:Url={Secret}"),
            fault => fault.Contains("Channels:a:UrlFile is set, and so is Channels:a:Url; give one of them", StringComparison.Ordinal));
        Assert.Contains(
            Faults("Channels:a:Kind=webhook", "Channels:a:UrlFile=nowhere"),
            fault => fault.Contains("Channels:a:UrlFile is nowhere, which cannot be read", StringComparison.Ordinal));
    }

    /// <summary>An option that has a default, and whose value is secret in parts only.</summary>
    [Fact]
    public async Task Build_ConnectionWithAPasswordInAFile_IsReadFromThereAndHidden()
    {
        var path = folder.Write("redis", "cache:6379,password=planted\n");

        var run = await CommandRun.OfAsync("options", "--set", $"Redis:ConfigurationFile={path}");

        Assert.Equal("cache:6379,password=planted", Build($"Redis:ConfigurationFile={path}").Redis.Configuration);
        Assert.Contains("cache:6379,password=…", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            Faults($"Redis:ConfigurationFile={path}", "Redis:Configuration=other:6379"),
            fault => fault.Contains("is set, and so is Redis:Configuration; give one of them", StringComparison.Ordinal));
    }

    /// <summary>Faults, options as they are shown, and texts of records.</summary>
    [Fact]
    public async Task Secret_IsShownNowhere()
    {
        string[] set =
        [
            "Channels:a:Kind=webhook", $"Channels:a:Url={Secret}", $"Channels:a:Headers=planted-secret: {Secret}",
            "Channels:a:SigningKey=planted-secret",
        ];
        var run = await CommandRun.OfAsync(["options", .. set.SelectMany(pair => (string[])["--set", pair])]);

        Assert.Contains("Channels:a:Url", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", $"{Build(set)} {Build(set).Channels.All["a"]}", StringComparison.Ordinal);
        Assert.DoesNotContain(
            Faults([.. set, "Channels:a:SigningKey=whsec_planted"]), fault => fault.Contains("planted", StringComparison.Ordinal));
    }

    /// <summary>Whoever adds an option that holds a secret has to mark it, or nothing hides it.</summary>
    [Fact]
    public void Options_WithANameOfASecret_AreMarked()
    {
        var names = new[] { "Url", "Token", "Key", "Password", "Headers", "Secret" };
        var suspects = OptionCatalogue.All.Where(entry =>
            entry.SectionName == "Channels:NAME" && names.Any(name => entry.Property.Name.EndsWith(name, StringComparison.Ordinal)));

        Assert.NotEmpty(suspects);
        Assert.All(suspects.Where(entry => entry.Default.Length == 0), entry => Assert.True(entry.IsSecret, entry.Key));
    }

    public void Dispose() => folder.Dispose();

    private static Settings Build(params string[] set)
    {
        var loader = new SettingsLoader();
        loader.Add(set.Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1], "--set")));
        return loader.Build();
    }

    private static IReadOnlyList<string> Faults(params string[] set) => Assert.Throws<MisusedException>(() => Build(set)).Faults;
}
