using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Forms;

/// <summary>Takes posted forms. Whatever did not come from a page of the service is refused before anything is looked at.</summary>
internal sealed class FormReader(FormTokens tokens, PageFrames frames)
{
    /// <summary>What was typed. Null: the form is refused, and that is answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="back">The address of the page with the form.</param>
    public async Task<FormState?> ReadAsync(HttpContext context, string back)
    {
        var (form, refusal) = await PostedForm.ReadAsync(context.Request);
        if (form is null)
        {
            await refusal!.ExecuteAsync(context);
            return null;
        }

        try
        {
            if (!await tokens.HasAsync(context))
            {
                await RefuseAsync(
                    context,
                    StatusCodes.Status400BadRequest,
                    "The form did not come from a page that was made for you, or that page is too old. Nothing was done.",
                    back);
                return null;
            }
        }
        catch (CheckpointStoreException problem)
        {
            await RefuseAsync(
                context, StatusCodes.Status503ServiceUnavailable, $"Nothing was done, as the store fails: {problem.Message}", back);
            return null;
        }

        var values = form.Where(field => field.Key != FormTokens.Field)
            .ToDictionary(field => field.Key, field => Text(field.Value), StringComparer.Ordinal);
        FormNames.Keep(context, values.GetValueOrDefault(CommandForm.By, string.Empty));
        var id = values.GetValueOrDefault(CommandForm.Id, string.Empty).Trim();
        return new(id.Length > 0 ? id : Guid.NewGuid().ToString(), values);
    }

    private Task RefuseAsync(HttpContext context, int status, string reason, string back)
    {
        // The form for the time zone asks for the path alone.
        var frame = frames.Of(context, "Nothing was done") with { Path = back.Split('?')[0] };
        return frames.Renderer.WriteAsync<RefusedPage>(
            context, status, new() { ["Frame"] = frame, ["Reason"] = reason, ["Back"] = back });
    }

    private static string Text(string? value) =>
        value is null ? string.Empty : value.Length > CommandForm.LongestField ? value[..CommandForm.LongestField] : value;
}
