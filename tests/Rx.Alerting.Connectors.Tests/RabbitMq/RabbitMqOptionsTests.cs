using System.Text;
using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Tests.RabbitMq;

public sealed class RabbitMqOptionsTests
{
    private const string Form = "amqp://user:password@host:5672/vhost";

    [Fact]
    public void Validate_Defaults_HasNoFaultAndNoBroker()
    {
        var options = new RabbitMqOptions();

        Assert.Empty(OptionFaults.Of(options));
        Assert.False(options.HasBroker());
        Assert.Equal("rx-alerting.control.alerting-0", options.QueueOf("alerting-0"));
        Assert.Equal("own", (options with { Queue = "own" }).QueueOf("alerting-0"));
    }

    [Fact]
    public void Validate_AllWrong_NamesEveryFaultWithoutThePassword() => Assert.Equal(
        [
            $"RabbitMq:Uri cannot be read, must be like {Form}",
            "RabbitMq:UriFile must be empty where RabbitMq:Uri is set",
            "RabbitMq:Exchange must be a name of letters, digits and . _ : -, that does not begin with amq.",
            "RabbitMq:Queue must be a name of letters, digits and . _ : -, that does not begin with amq.",
            "RabbitMq:QueueExpiry is 0s, must be from 1s to 30d",
            "RabbitMq:Prefetch is 0, must be from 1 to 10000",
        ],
        OptionFaults.Of(new RabbitMqOptions
        {
            Uri = "http://user:secret@host",
            UriFile = "secret.txt",
            Exchange = "amq.fanout",
            Queue = "a b",
            QueueExpiry = TimeSpan.Zero,
            Prefetch = 0,
        }));

    [Theory]
    [InlineData("amqp://host", true)]
    [InlineData("amqps://user:p%40ss@host:5671/alerting", true)]
    [InlineData("amqp://user:secret@", false)]
    [InlineData("amqp://user:secret@host/a/b", false)]
    [InlineData("user:secret@host", false)]
    public void Validate_Uri_IsRead(string uri, bool isRead)
    {
        var faults = OptionFaults.Of(new RabbitMqOptions { Uri = uri });

        Assert.Equal(isRead ? [] : [$"RabbitMq:Uri cannot be read, must be like {Form}"], faults);
    }

    [Theory]
    [InlineData("amqp://user:secret@host\n", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Validate_UriFile_IsRead(string? content, bool isRead)
    {
        using var folder = new TemporaryFolder();
        var file = content is null ? Path.Combine(folder.Path, "missing") : folder.File("uri", Encoding.ASCII.GetBytes(content));

        var faults = OptionFaults.Of(new RabbitMqOptions { UriFile = file });

        Assert.Equal(isRead ? [] : [$"RabbitMq:UriFile must name a file that can be read, and has a text like {Form}"], faults);
    }

    [Fact]
    public void ToString_Password_IsNotInIt() =>
        Assert.DoesNotContain("secret", new RabbitMqOptions { Uri = "amqp://user:secret@host" }.ToString(), StringComparison.Ordinal);
}
