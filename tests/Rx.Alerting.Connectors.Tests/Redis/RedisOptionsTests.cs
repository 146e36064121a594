using System.Text;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisOptionsTests
{
    [Fact]
    public void Validate_Defaults_HasNoFault() => Assert.Empty(OptionFaults.Of(new RedisOptions { Configuration = "localhost" }));

    [Fact]
    public void Validate_AllWrong_NamesEveryFault() => Assert.Equal(
        [
            "Redis:Configuration cannot be read, must be like host:6379,password=…,ssl=true with the options of StackExchange.Redis",
            "Redis:KeyPrefix must be a text without braces, spaces and control characters",
            "Redis:Timeout is 0s, must be from 100ms to 5m",
        ],
        OptionFaults.Of(new RedisOptions { Configuration = "localhost,ssl=perhaps", KeyPrefix = "{a}", Timeout = TimeSpan.Zero }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")]
    public void Validate_AuthorityThatCannotBeRead_IsAFault(string? content)
    {
        using var folder = new TemporaryFolder();
        var file = content is null
            ? Path.Combine(folder.Path, "missing.pem")
            : folder.File("authority.pem", Encoding.ASCII.GetBytes(content));
        Assert.Equal(
            ["Redis:CertificateAuthority must name a file that is there, can be read, and holds a certificate in PEM"],
            OptionFaults.Of(new RedisOptions { CertificateAuthority = file }));
    }

    [Fact]
    public void ToString_Password_IsNotInIt()
    {
        var options = new RedisOptions { Configuration = "localhost,password=secret" };
        Assert.DoesNotContain("secret", options.ToString(), StringComparison.Ordinal);
    }
}
