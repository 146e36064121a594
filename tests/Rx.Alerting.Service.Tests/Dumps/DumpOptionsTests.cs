using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Dumps;

namespace Rx.Alerting.Service.Tests.Dumps;

public sealed class DumpOptionsTests
{
    private static string[] Faults =>
    [
        "Dumps:Folder is set, and so is Dumps:Bucket; give one of them",
        "Dumps:Bucket must be a name of 3 to 63 small letters, digits, dots and dashes",
        "Dumps:Prefix must be letters, digits and _ . - between single slashes",
        "Dumps:Endpoint must be an absolute http or https address",
        "Dumps:AccessKeyId must be given with Dumps:SecretAccessKey or Dumps:SecretAccessKeyFile, and only with it",
        "Dumps:MaximumTemporaryMegabytes is 0, must be from 1 to 10000000",
    ];

    [Fact]
    public void Options_WithManyFaults_TellAll()
    {
        var options = new DumpOptions
        {
            Folder = "dumps",
            Bucket = "My_Bucket",
            Prefix = "/a//b/",
            Endpoint = "localhost:9000",
            AccessKeyId = "key",
            MaximumTemporaryMegabytes = 0,
        };

        Assert.Equal(Faults.Order(), OptionFaults.Of(options).Order());
    }

    [Fact]
    public void Options_OfABucketWithoutABucket_AreFaults()
    {
        var options = new DumpOptions { Prefix = "a", Endpoint = "http://127.0.0.1:9000", Region = "eu-central-1", PathStyle = true };

        Assert.Equal(
            ["Prefix", "Endpoint", "Region", "PathStyle"],
            OptionFaults.Of(options).Select(fault => fault.Split([':', ' '])[1]));
        Assert.All(OptionFaults.Of(options), fault => Assert.EndsWith("is of use with Dumps:Bucket only", fault));
    }

    [Theory]
    [InlineData("", "", "state/dumps/d")]
    [InlineData("elsewhere", "", "elsewhere/d")]
    public void Open_OfAFolder_IsThereOrBesideTheStore(string folder, string bucket, string expected)
    {
        var target = new DumpOptions { Folder = folder, Bucket = bucket }.Open(beside: Path.Combine("state", "rx-alerting.db"));

        Assert.Equal(Path.GetFullPath(expected), target.Locate("d"));
    }

    [Fact]
    public void Open_OfABucket_IsS3()
    {
        var options = new DumpOptions
        {
            Bucket = "rx-dumps",
            Prefix = "a/b",
            Endpoint = "http://127.0.0.1:9",
            PathStyle = true,
            AccessKeyId = "k",
            SecretAccessKey = "topsecret",
        };
        var target = options.Open(beside: "x");
        using var disposed = target as IDisposable;

        Assert.Equal("s3://rx-dumps/a/b/d", target.Locate("d"));
        Assert.DoesNotContain("topsecret", options.ToString(), StringComparison.Ordinal);
        Assert.Empty(OptionFaults.Of(options));
    }
}
