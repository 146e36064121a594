using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages;

/// <summary>
/// Writes Razor components as HTML. They are only written: there is neither a circuit nor a script behind them. So this takes the renderer
/// itself, and not the services of interactive components, which would keep keys of data protection on the disk.
/// </summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task WriteAsync<TPage>(HttpContext context, int status, Dictionary<string, object?> parameters)
        where TPage : IComponent => await WriteAsync(context, status, await RenderAsync<TPage>(parameters));

    /// <summary>Makes a page, to be written once or several times.</summary>
    public async Task<WrittenPage> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            using var html = new PooledBuffer();
            await using (var writer = new HtmlWriter(html))
                page.WriteHtmlTo(writer);
            return new WrittenPage(html.Written.Span);
        });
    }

    public static Task WriteAsync(HttpContext context, int status, WrittenPage page)
    {
        var response = context.Response;
        response.StatusCode = status == StatusCodes.Status200OK && PageZone.FaultOf(context.Request) is not null
            ? StatusCodes.Status400BadRequest
            : status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store"; // Going back shows what is, not what was.
        response.Headers.Vary = "Accept-Encoding";
        return PageCompression.WriteAsync(context, page);
    }
}
