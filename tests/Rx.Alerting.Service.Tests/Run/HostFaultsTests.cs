using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>Settings of the host that the host would pass over in silence.</summary>
public sealed class HostFaultsTests
{
    [Theory]
    [InlineData("Logging:Console:FormatterName", "nonsense")]
    [InlineData("Logging:Console:FormatterOptions:TimestampFormat", "%")]
    [InlineData("Logging:LogLevel", "Debug")]
    [InlineData("Logging", "5")]
    [InlineData("Kestrel", "5")]
    [InlineData("Kestrel:EndpointDefaults:ClientCertificateMode", "RequireCertificat")]
    [InlineData("Kestrel:EndpointDefaults:Protocols", "Http9")]
    [InlineData("Kestrel:Endpoints:A:SslProtocols", "Tls12")]
    [InlineData("Kestrel:Endpoints:A:SslProtocols:0", "Tls99")]
    [InlineData("AllowedHosts", "a,b")]
    [InlineData("AllowedHosts", "http://a/")]
    [InlineData("AllowedHosts", "")]
    [InlineData("AllowedHosts:0", "a")]
    public void Of_ValueThatTheHostPassesOver_NamesKeyAndValue(string key, string value)
    {
        var fault = Assert.Single(HostFaults.Of([new(key, value)]));

        Assert.StartsWith($"{key} is “{value}”, ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging:Console:FormatterName", "JSON")]
    [InlineData("Logging:Console:FormatterOptions:TimestampFormat", "HH:mm:ss ")]
    [InlineData("Logging:LogLevel:Default", "Debug")]
    [InlineData("Kestrel:EndpointDefaults:ClientCertificateMode", "RequireCertificate")]
    [InlineData("Kestrel:EndpointDefaults:Protocols", "Http1AndHttp2")]
    [InlineData("Kestrel:Endpoints:A:SslProtocols:0", "Tls13")]
    [InlineData("AllowedHosts", "a.example;*.b.example")]
    public void Of_ValueThatTheHostKnows_IsNone(string key, string value) => Assert.Empty(HostFaults.Of([new(key, value)]));

    [Theory]
    [InlineData("must be one of simple, json, systemd", "--set", "Logging:Console:FormatterName=text")]
    [InlineData("port 0", "--listen", "localhost:0")]
    [InlineData("needs a certificate", "--listen", "https://127.0.0.1:0", "--set", "Kestrel:Certificates:Default:Password=x")]
    [InlineData("give one of them", "--follow", "x.log", "--source", "simulation")]
    [InlineData("give one of them", "--follow", "x.log", "--set", "source:kind=kafka")]
    [InlineData("there is no option Detection:TailProbability:3", "--set", "Detection:TailProbability:3=1e-7")]
    [InlineData("as a whole and by index", "--set", "Windows:NestedViews=100", "--set", "Windows:NestedViews:0=50")]
    [InlineData("--config :", "--config", "")]
    public async Task Run_Misconfigured_IsRefusedWithWhatIsWrong(string message, params string[] arguments)
    {
        string[] listen = arguments.Contains("--listen") ? [] : ["--listen", "127.0.0.1:0"];

        var run = await CommandRun.OfAsync(["run", .. listen, .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_Secrets_AreNotShown()
    {
        var run = await CommandRun.OfAsync(
        [
            "options",
            "--set",
            "Redis:Configuration=redis:6379,password=S3cret",
            "--set",
            "Kafka:Settings=sasl.password=S3c,,ret,sasl.username=u",
            "--set",
            "RabbitMq:Uri=amqp://user:S3c%3Ar%40et@broker:5672/vhost",
            .. Mail("Kind=mail", "Host=smtp.example.com", "From=a@example.com", "To=b@example.com", "User=u", "Password=S3cret"),
        ]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("amqp://user:…@broker:5672/vhost", run.Output.ReplaceLineEndings(string.Empty), StringComparison.Ordinal);
        Assert.Contains("smtp.example.com", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("S3c", run.Output, StringComparison.Ordinal);
        Assert.Contains("sasl.username=u", run.Output.ReplaceLineEndings(string.Empty), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Mail(params string[] options) =>
        options.SelectMany(option => (string[])["--set", $"Channels:mail:{option}"]);
}
