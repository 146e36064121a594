using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Rx.Alerting.Service.Api;

/// <summary>Reads forms that browsers post. Whatever else comes is refused.</summary>
internal static class PostedForm
{
    private const string ContentType = "application/x-www-form-urlencoded";

    private static readonly FormOptions Bounds = new()
    {
        BufferBody = false,
        KeyLengthLimit = 100,
        ValueCountLimit = 50,
        ValueLengthLimit = 1 << 16,
    };

    /// <returns>The fields, or the answer that refuses them.</returns>
    public static async Task<(IFormCollection? Form, IResult? Refusal)> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase)
            || !(type.Charset.Length == 0 || IsUtf8(HeaderUtilities.RemoveQuotes(type.Charset))))
        {
            return (null, Problem.Of(ProblemKind.WrongContent, $"Content-Type must be {ContentType} in UTF-8, as browsers send a form."));
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return (null, Problem.Of(
                ProblemKind.WrongContent, "A form must not be compressed: there must be no Content-Encoding. Browsers never do."));
        }

        try
        {
            return (await request.ReadFormAsync(Bounds, request.HttpContext.RequestAborted), null);
        }
        catch (InvalidDataException wrong)
        {
            return (null, Problem.Of(ProblemKind.BadRequest, wrong.Message));
        }

        static bool IsUtf8(StringSegment charset) => charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
