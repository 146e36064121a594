using System.Net;
using Microsoft.AspNetCore.Http;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Whom a proxy may name.</summary>
public sealed class ProxyCallerTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", "10.1.2.4", false)]
    [InlineData("2001:db8::/32", "2001:db8::1", true)]
    [InlineData("fd00::/8", "fe80::1", false)]
    [InlineData("10.1.2.3", "11.1.2.3", false)]
    public void Find_OfAnAddress_IsTakenFromTheNetworkOnly(string network, string from, bool isTaken)
    {
        var caller = new ProxyCaller(new() { Networks = [network] }).Find(Request(from, "ann"), out var problem);

        Assert.Equal(isTaken ? "ann" : null, caller?.Name);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("Ánna Müller")]
    [InlineData("安娜")]
    [InlineData("ann@example.org")]
    public void Find_NameThatPeopleCanRead_IsTaken(string name) =>
        Assert.Equal(name, new ProxyCaller(new() { Networks = ["10.0.0.0/8"] }).Find(Request("10.0.0.1", name), out _)?.Name);

    /// <summary>They would make a trail say something else than what was done.</summary>
    [Theory]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2066b")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u2028b")]
    [InlineData("  ")]
    public void Find_NameThatHidesSomething_IsRefused(string name)
    {
        var caller = new ProxyCaller(new() { Networks = ["10.0.0.0/8"] }).Find(Request("10.0.0.1", name), out var problem);

        Assert.Null(caller);
        Assert.Contains("X-Forwarded-User", problem, StringComparison.Ordinal);
    }

    private static HttpRequest Request(string from, string user)
    {
        var request = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } }.Request;
        request.Headers["X-Forwarded-User"] = user;
        return request;
    }
}
