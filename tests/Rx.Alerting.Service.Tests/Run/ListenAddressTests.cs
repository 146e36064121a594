using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("9000", "http://127.0.0.1:9000")]
    [InlineData("0.0.0.0:9000", "http://0.0.0.0:9000")]
    [InlineData("localhost:9000", "http://localhost:9000")]
    [InlineData("http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("https://127.0.0.1:9000", "https://127.0.0.1:9000")]
    [InlineData("http://[::1]:9000/", "http://[::1]:9000")]
    [InlineData("[::]:9000", "http://[::]:9000")]
    [InlineData(ListenAddress.Default, "http://127.0.0.1:8080")]
    public void Parse_Address_IsCompleted(string text, string expected) => Assert.Equal(expected, ListenAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("70000")]
    [InlineData("host:port")]
    [InlineData("host.example:9000")]
    [InlineData("*:9000")]
    [InlineData("ftp://localhost:1")]
    [InlineData("http://localhost:1/path")]
    public void Parse_AnythingElse_IsMisuse(string text) => Assert.Throws<MisusedException>(() => ListenAddress.Parse(text));
}
