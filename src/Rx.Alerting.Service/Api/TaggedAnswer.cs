using System.IO.Hashing;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace Rx.Alerting.Service.Api;

/// <summary>Answers with JSON that has an entity tag: whoever asks again and again is told that nothing has changed (304).</summary>
internal static class TaggedAnswer
{
    /// <param name="request">May name a tag that the caller has.</param>
    /// <param name="answer">What is written.</param>
    /// <param name="tagged">What must differ for the answer to be another one: not the time up to which it holds.</param>
    /// <param name="type">How both are written.</param>
    public static IResult Of<T>(HttpRequest request, T answer, T tagged, JsonTypeInfo<T> type)
    {
        var hash = XxHash128.Hash(JsonSerializer.SerializeToUtf8Bytes(tagged, type));
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash)}\"", isWeak: true);
        request.HttpContext.Response.GetTypedHeaders().ETag = tag;
        var known = request.GetTypedHeaders().IfNoneMatch;
        return known.Any(one => one == EntityTagHeaderValue.Any || one.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(answer, type), MediaTypeNames.Application.Json);
    }
}
