using System.Net;
using Microsoft.AspNetCore.Http;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Nothing is open by accident: what callers may do who show nothing.</summary>
public sealed class OpenAccessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://127.3.2.1:8080")]
    public void Of_LoopbackWithoutConfiguration_OpensForThisMachineOnly(string address)
    {
        var settings = AccessSettings.Of(folder);

        Assert.Empty(OpenAccess.Faults(settings, address));
        Assert.Equal(new OpenAccess(AccessRole.None, AccessRole.Admin, IsDecided: false), OpenAccess.Of(settings, address));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("https://10.1.2.3:8443")]
    [InlineData("http://*:80")]
    public void Faults_OtherAddressWithoutConfiguration_NamesTheAddressAndTheWays(string address)
    {
        var fault = Assert.Single(OpenAccess.Faults(AccessSettings.Of(folder), address));

        string[] parts = [address, "Access:Anonymous=none", "token create", "TokenFile", "Access:Proxy:Networks", "docs/access.md"];
        foreach (var part in parts)
            Assert.Contains(part, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Access:Anonymous", "none", AccessRole.None, AccessRole.None)]
    [InlineData("Access:Anonymous", "reader", AccessRole.Reader, AccessRole.Reader)]
    [InlineData("Access:Local", "operator", AccessRole.None, AccessRole.Operator)]
    [InlineData("Access:Proxy:Networks", "10.0.0.0/8", AccessRole.None, AccessRole.None)]
    public void Of_OtherAddressWithADecision_FollowsIt(string key, string value, object anonymous, object local)
    {
        var settings = AccessSettings.Of(folder, (key, value));

        Assert.Empty(OpenAccess.Faults(settings, "http://0.0.0.0:8080"));
        Assert.Equal(
            new OpenAccess((AccessRole)anonymous, (AccessRole)local, IsDecided: true), OpenAccess.Of(settings, "http://0.0.0.0:8080"));
        Assert.Equal(AccessRole.None, OpenAccess.Of(AccessSettings.Of(folder, ("Access:Anonymous", "none")), "http://127.0.0.1:80").Local);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000", 0)]
    [InlineData("http://0.0.0.0:9000", 1)]
    [InlineData("http://example.org:9000", 1)]
    public void Faults_KestrelEndpoints_CountInPlaceOfListen(string url, int faults)
    {
        var settings = AccessSettings.Of(folder, ("Kestrel:Endpoints:a:Url", url), ("Kestrel:Endpoints:b:Url", "http://localhost:1"));

        Assert.Equal(faults, OpenAccess.Faults(settings, "http://10.0.0.1:8080").Count());
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost:8080", null, null)]
    [InlineData("::1", "[::1]:8080", null, null)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.2", null, null)]
    [InlineData("192.0.2.1", "localhost", null, "loopback address")]
    [InlineData("127.0.0.1", "rx.example.org", null, "Host header")]
    [InlineData("127.0.0.1", "localhost.example.org", null, "Host header")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Forwarded-For", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "Forwarded", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "Via", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Real-IP", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Forwarded-Proto", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Forwarded-Server", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "x-forwarded-user", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Forwarded-Prefix", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Original-Host", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "Remote-User", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "Client-IP", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "Fastly-Client-IP", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-ProxyUser-Ip", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "Cf-Ray", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "CF-Connecting-IP", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "Tailscale-User-Login", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-WEBAUTH-USER", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Envoy-Original-Path", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Amzn-Trace-Id", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "X-Auth-Request-User", "A proxy")]
    [InlineData("127.0.0.1", "localhost:8080", "User-Agent", null)]
    [InlineData("127.0.0.1", "localhost:8080", "Traceparent", null)]
    public void CallerOf_Request_IsLocalOnlyFromThisMachineByItsOwnName(string from, string host, string? header, string? expected)
    {
        var request = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } }.Request;
        (request.Scheme, request.Host) = ("http", new HostString(host));
        if (header is not null)
            request.Headers[header] = "192.0.2.1";

        var caller = new OpenAccess(AccessRole.None, AccessRole.Admin, IsDecided: false).CallerOf(request);

        Assert.Equal(expected is null ? AccessRole.Admin : AccessRole.None, caller.Role);
        if (expected is null)
            Assert.Null(OpenAccess.WhyNotLocal(request));
        else
            Assert.Contains(expected, OpenAccess.WhyNotLocal(request), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", null, null, null)]
    [InlineData("127.0.0.1", "http://localhost:8080", "same-origin", null)]
    [InlineData("127.0.0.1", "null", null, "Origin header")]
    [InlineData("127.0.0.1", "http://localhost:9090", null, "Origin header")]
    [InlineData("127.0.0.1", "https://localhost:8080", null, "Origin header")]
    [InlineData("127.0.0.1", null, "cross-site", "Sec-Fetch-Site")]
    [InlineData("127.0.0.1", null, "same-site", "Sec-Fetch-Site")]
    public void WhyRefused_PostOfABrowser_MustBeOfTheServicesOwnPages(string from, string? origin, string? site, string? expected)
    {
        var request = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } }.Request;
        (request.Method, request.Scheme, request.Host) = ("POST", "http", new HostString("localhost:8080"));
        if (origin is not null)
            request.Headers.Origin = origin;
        if (site is not null)
            request.Headers["Sec-Fetch-Site"] = site;

        var reason = CrossSite.WhyRefused(request, Caller.Unknown(AccessRole.Admin));

        if (expected is null)
            Assert.Null(reason);
        else
            Assert.Contains(expected, reason, StringComparison.Ordinal);
        Assert.Null(CrossSite.WhyRefused(request, Caller.Nobody with { Means = CallerMeans.Token }));
        request.Method = "GET";
        Assert.Null(CrossSite.WhyRefused(request, Caller.Unknown(AccessRole.Admin)));
    }

    [Fact]
    public async Task Options_LocalCallersMayDoLessThanOthers_IsAFault()
    {
        var run = await CommandRun.OfAsync("options", "--set", "Access:Anonymous=operator", "--set", "Access:Local=reader");

        run.Expect(2);
        Assert.Contains("Access:Local is reader, must not be less than Access:Anonymous (operator)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OtherAddressWithoutConfiguration_EndsWith2AndSaysHow()
    {
        var run = await CommandRun.OfAsync("run", "--listen", "0.0.0.0:0", "--set", $"Sqlite:Path={folder["never.db"]}");

        run.Expect(2);
        Assert.Contains("can be reached by other machines", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["never.db"]));
    }

    [Theory]
    [InlineData("Access:Tokens:a:Role=reader", "Access:Tokens:a:Sha256 or TokenFile must be given")]
    [InlineData("Access:Tokens:a:Token=rxa_wrong", "Access:Tokens:a:Token is no token")]
    [InlineData("Access:Tokens:a:Sha256=12", "Access:Tokens:a:Sha256 must be 64 hexadecimal digits")]
    [InlineData("Access:Proxy:Networks=10.0.0.0/99", "Access:Proxy:Networks has 10.0.0.0/99")]
    [InlineData("Access:Proxy:Networks=0.0.0.0/0", "Access:Proxy:Networks has 0.0.0.0/0")]
    [InlineData("Access:Proxy:Networks=::/0", "Access:Proxy:Networks has ::/0")]
    [InlineData("Access:Proxy:Networks=128.0.0.0/1", "Access:Proxy:Networks has 128.0.0.0/1")]
    [InlineData("Access:Proxy:Networks=::ffff:0:0/96", "Access:Proxy:Networks has ::ffff:0:0/96")]
    [InlineData("Access:Proxy:Networks=10.1", "Access:Proxy:Networks has 10.1,")]
    [InlineData("Access:Proxy:Networks=010.0.0.1", "Access:Proxy:Networks has 010.0.0.1,")]
    [InlineData("Access:Proxy:Networks=10.1/16", "Access:Proxy:Networks has 10.1/16,")]
    [InlineData("Access:Tokens:a:Properties=", "Access:Tokens:a:Properties is empty")]
    [InlineData("Access:Tokens:a:Properties= , ", "Access:Tokens:a:Properties is empty")]
    [InlineData("Access:Hosts=https://rx.example.org/", "Access:Hosts has \"https://rx.example.org/\"")]
    [InlineData("Access:Anonymous=root", "Access:Anonymous is “root”, must be one of auto, none, reader, operator, admin")]
    public async Task Options_Wrong_AreNamed(string option, string expected)
    {
        var run = await CommandRun.OfAsync("options", "--set", option);

        run.Expect(2);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("rxa_wrong", run.Error, StringComparison.Ordinal);
    }
}
