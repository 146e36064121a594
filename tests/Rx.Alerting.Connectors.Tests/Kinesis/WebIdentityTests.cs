using System.Net;
using System.Text;
using Amazon.Runtime;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>Pods of Kubernetes get their credentials by a web identity, for which AWSSDK.Core needs another package.</summary>
public sealed class WebIdentityTests
{
    private const string Answer = """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <Credentials>
              <AccessKeyId>ASIAEXAMPLE</AccessKeyId>
              <SecretAccessKey>secret</SecretAccessKey>
              <SessionToken>session</SessionToken>
              <Expiration>2099-01-01T00:00:00Z</Expiration>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>
        """;

    [Fact]
    public async Task GetCredentials_WebIdentity_AreThoseOfTheRole()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        using var service = new HttpListener { Prefixes = { address } };
        service.Start();
        var serving = ServeAsync(service);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_STS", address);
        var token = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(token, "a-token", TestContext.Current.CancellationToken);
            using var identity = new AssumeRoleWithWebIdentityCredentials(token, "arn:aws:iam::123456789012:role/views", "rx-alerting");

            var credentials = await identity.GetCredentialsAsync();

            Assert.Equal(("ASIAEXAMPLE", "session"), (credentials.AccessKey, credentials.Token));
            Assert.Contains("WebIdentityToken=a-token", await serving, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(token);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_STS", null);
        }
    }

    /// <summary>Answers one request, and gives its body.</summary>
    private static async Task<string> ServeAsync(HttpListener service)
    {
        var context = await service.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        context.Response.ContentType = "text/xml";
        context.Response.Close(Encoding.UTF8.GetBytes(Answer), willBlock: false);
        return body;
    }
}
