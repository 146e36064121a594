using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>Sections that the host reads by itself: logging and Kestrel.</summary>
public sealed class HostSectionsTests : IDisposable
{
    private const string RequestsCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_LogLevelRaised_IsQuietButForTheCategoryThatIsLowered()
    {
        await using var service = ServiceProcess.StartIn(
            folder, "--listen", "127.0.0.1:0", "--speed", "3000", "--set", "Logging:LogLevel:Default=Warning",
            "--set", $"Logging:LogLevel:{RequestsCategory}=Information");
        using var client = new HttpClient { BaseAddress = await service.AddressAsync() };

        // All lines of the start come before the first incident.
        await service.LineAsync(line => line.Contains("▲ opened", StringComparison.Ordinal));
        Assert.Equal("live", await LiveAsync(client));
        await service.LineAsync(line => line.Contains("Request finished", StringComparison.Ordinal));

        Assert.DoesNotContain("begins anew", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FormatterJson_WritesTheLogAsJson()
    {
        folder.Write("settings.json", """{ "Logging": { "Console": { "FormatterName": "json" } } }""");
        await using var service = ServiceProcess.StartIn(folder, "--listen", "127.0.0.1:0", "--config", "settings.json");

        var line = await service.LineAsync(line => line.Contains("begins anew", StringComparison.Ordinal));

        Assert.Contains("\"EventId\":1005", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Certificate_ServesHttpsWithIt()
    {
        using var certificate = WriteCertificate();
        await using var service = ServiceProcess.StartIn(
            folder, "--listen", "https://127.0.0.1:0", "--set", "Kestrel:Certificates:Default:Path=cert.pem",
            "--set", "Kestrel:Certificates:Default:KeyPath=key.pem");
        using var client = Trusting(certificate, await service.AddressAsync());

        Assert.Equal(Uri.UriSchemeHttps, client.BaseAddress!.Scheme);
        Assert.Equal("live", await LiveAsync(client));
    }

    [Fact]
    public async Task Run_HttpsAndTooManyConnections_AcceptsNoMoreThanTheLimit()
    {
        using var certificate = WriteCertificate();
        await using var service = ServiceProcess.StartIn(
            folder, "--set", "Http:MaximumConnections=1", "--set", "Kestrel:Limits:MaxConcurrentConnections=50",
            "--set", "Kestrel:Endpoints:Api:Url=https://127.0.0.1:0", "--set", "Kestrel:Endpoints:Api:Certificate:Path=cert.pem",
            "--set", "Kestrel:Endpoints:Api:Certificate:KeyPath=key.pem");
        using var client = Trusting(certificate, await service.AddressAsync());
        Assert.Equal("live", await LiveAsync(client));

        using var second = Trusting(certificate, client.BaseAddress!);
        var refusal = await Assert.ThrowsAnyAsync<HttpRequestException>(() => LiveAsync(second));

        Assert.IsAssignableFrom<IOException>(refusal.InnerException);
    }

    [Theory]
    [InlineData(
        "Path is “missing.pem”, and there is no such file",
        "https://127.0.0.1:0",
        "Kestrel:Certificates:Default:Path=missing.pem")]
    [InlineData("needs a certificate", "https://127.0.0.1:0", "AllowedHosts=*")]
    [InlineData("a certificate with the associated private key", "https://127.0.0.1:0", "Kestrel:Certificates:Default:Path=cert.pem")]
    [InlineData("--listen: Kestrel:Endpoints says where to listen already", "127.0.0.1:0", "Kestrel:Endpoints:Api:Url=http://127.0.0.1:0")]
    [InlineData("Configuration value 'Loud' is not supported", "127.0.0.1:0", "Logging:LogLevel:Default=Loud")]
    [InlineData("'many'", "127.0.0.1:0", "Kestrel:Limits:MaxRequestHeaderCount=many")]
    [InlineData("maxRequestHeaderCount", "127.0.0.1:0", "Kestrel:Limits:MaxRequestHeaderCount=-1")]
    public async Task Run_HostRefusesItsConfiguration_IsMisuse(string message, string listen, string setting)
    {
        using var certificate = WriteCertificate();
        setting = setting.Replace("cert.pem", folder["cert.pem"], StringComparison.Ordinal);

        var run = await CommandRun.OfAsync("run", "--listen", listen, "--set", setting, "--set", $"Sqlite:Path={folder["state.db"]}");

        run.Expect(ExitCode.Misused);
        Assert.Contains(message, run.Error, StringComparison.OrdinalIgnoreCase);
        run.ExpectNoStackTrace();
    }

    /// <summary>For programs that collect logs.</summary>
    [Fact]
    public async Task Run_LogAsJson_IsOneObjectALineWithTheTimeInUtc()
    {
        await using var service = ServiceProcess.StartIn(
            folder, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--set", "Logging:Console:FormatterName=json");
        await service.AddressAsync();
        await service.LineAsync(line => line.Contains("begins anew", StringComparison.Ordinal));
        service.Signal("TERM");
        await service.ExitCodeAsync();

        var logged = service.Output.Split(Environment.NewLine).Where(line => line.StartsWith('{')).ToList();

        Assert.NotEmpty(logged);
        Assert.All(logged, line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", json.RootElement.GetProperty("Timestamp").GetString());
            Assert.True(json.RootElement.GetProperty("EventId").GetInt32() > 0);
        });
        var others = service.Output.Split(Environment.NewLine).Where(line => !line.StartsWith('{'));
        Assert.DoesNotContain(others, line => line.Contains("info:", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_HostSectionsInAllSources_LastOneWins()
    {
        var loader = new SettingsLoader();
        loader.AddFile(folder.Write("a.json", """{ "Logging": { "LogLevel": { "A": "File", "B": "File", "C": "File" } } }"""));
        loader.AddEnvironment(new Dictionary<string, string>
        {
            ["RX_ALERTING__Logging__LogLevel__B"] = "Variable",
            ["RX_ALERTING__LOGGING__LOGLEVEL__C"] = "Variable",
        });
        loader.Add([("logging:loglevel:C", "Command", "--set"), ("AllowedHosts", "a;b", "--set")]);

        var host = new ConfigurationBuilder().AddInMemoryCollection(loader.Build().Host).Build();

        Assert.Equal("File", host["Logging:LogLevel:A"]);
        Assert.Equal("Variable", host["Logging:LogLevel:B"]);
        Assert.Equal("Command", host["Logging:LogLevel:C"]);
        Assert.Equal("a;b", host["AllowedHosts"]);
    }

    private X509Certificate2 WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=rx-alerting", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        folder.Write("cert.pem", certificate.ExportCertificatePem());
        folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    /// <summary>A client that trusts this certificate only.</summary>
    private static HttpClient Trusting(X509Certificate2 certificate, Uri address) => new(
        new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == certificate.Thumbprint,
        })
    {
        BaseAddress = address,
    };

    private static async Task<string> LiveAsync(HttpClient client) =>
        (await client.GetStringAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken)).TrimEnd();
}
