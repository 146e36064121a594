using Microsoft.AspNetCore.Http;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>How a receiver treats what it is sent.</summary>
internal enum OtlpAnswer
{
    Takes,

    /// <summary>It takes every export but for three items.</summary>
    Partly,

    /// <summary>The same, and it answers in JSON.</summary>
    PartlyInJson,

    /// <summary>It wants other headers: 401, or UNAUTHENTICATED.</summary>
    Refuses,

    /// <summary>It refuses every second request.</summary>
    Alternates,

    /// <summary>Its answer is no answer of a collector.</summary>
    Babbles,

    /// <summary>A page for people with the status 200, as proxies have them.</summary>
    ShowsAPage,

    /// <summary>It never answers.</summary>
    Hangs,
}

/// <summary>Answers as collectors, and what stands before them, write them.</summary>
internal static class OtlpReply
{
    /// <summary>partial_success (1) with three rejected items (1) and a message (2).</summary>
    private static readonly byte[] Partial = [0x0A, 12, 0x08, 3, 0x12, 8, .. "too many"u8];

    private const string PartialJson = """{"partialSuccess":{"rejectedSpans":"3","errorMessage":"too many"}}""";

    public static Task WriteAsync(HttpContext context, OtlpAnswer answer, bool isGrpc) => answer switch
    {
        OtlpAnswer.Hangs => HangAsync(context),
        OtlpAnswer.Refuses => RefuseAsync(context, isGrpc),
        OtlpAnswer.Babbles => ShowAsync(context, isGrpc ? StatusCodes.Status200OK : StatusCodes.Status418ImATeapot),
        OtlpAnswer.ShowsAPage => ShowAsync(context, StatusCodes.Status200OK),
        OtlpAnswer.PartlyInJson => TakeAsync(context, System.Text.Encoding.UTF8.GetBytes(PartialJson), false, "application/json"),
        _ => TakeAsync(context, answer == OtlpAnswer.Partly ? Partial : [], isGrpc, isGrpc ? "application/grpc" : "application/x-protobuf"),
    };

    private static async Task HangAsync(HttpContext context) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task ShowAsync(HttpContext context, int status)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "text/html");
        await context.Response.WriteAsync("<html>\nanything</html>", context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, bool isGrpc)
    {
        var said = $"no, not with {context.Request.Headers["X-Token"]}";
        if (!isGrpc)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync(said, context.RequestAborted);
            return;
        }

        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = "16";
        context.Response.Headers["grpc-message"] = said;
    }

    private static async Task TakeAsync(HttpContext context, byte[] message, bool isGrpc, string type)
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(
            isGrpc ? [0, 0, 0, 0, (byte)message.Length, .. message] : message, context.RequestAborted);
        if (isGrpc)
            context.Response.AppendTrailer("grpc-status", "0");
    }
}
