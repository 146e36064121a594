using Rx.Alerting.Connectors.Redis;

namespace Rx.Alerting.Connectors.Tests.Redis;

public sealed class RedisOptionsTests
{
    [Fact]
    public void Validate_Defaults_HasNoFault() => Assert.Empty(new RedisOptions { Configuration = "localhost" }.Validate());

    [Fact]
    public void Validate_AllWrong_NamesEveryFault() => Assert.Equal(
        [
            "Redis:Configuration cannot be read, must be like host:6379,password=…,ssl=true with the options of StackExchange.Redis",
            "Redis:KeyPrefix must be a text without braces, spaces and control characters",
            "Redis:Timeout is 0s, must be from 100ms to 5m",
        ],
        new RedisOptions { Configuration = "localhost,ssl=perhaps", KeyPrefix = "{a}", Timeout = TimeSpan.Zero }.Validate());

    [Fact]
    public void ToString_Password_IsNotInIt() =>
        Assert.DoesNotContain("secret", new RedisOptions { Configuration = "localhost,password=secret" }.ToString(), StringComparison.Ordinal);
}
