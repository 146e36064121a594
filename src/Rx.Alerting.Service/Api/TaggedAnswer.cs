using System.IO.Hashing;
using System.Net.Mime;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Api;

/// <summary>Answers with JSON that has an entity tag: whoever asks again and again is told that nothing has changed (304).</summary>
internal static class TaggedAnswer
{
    /// <summary>Hashes of incidents, as they are in answers. An incident that changes is another object.</summary>
    private static readonly ConditionalWeakTable<Incident, byte[]> Hashes = [];

    /// <param name="request">May name a tag that the caller has.</param>
    /// <param name="answer">What is written.</param>
    /// <param name="tagged">What must differ for the answer to be another one: not the time up to which it holds.</param>
    /// <param name="type">How both are written.</param>
    /// <param name="incidents">Must differ, too. They are hashed once, and not once a request.</param>
    public static IResult Of<T>(
        HttpRequest request, T answer, T tagged, JsonTypeInfo<T> type, params IReadOnlyCollection<Incident> incidents)
    {
        var hash = new XxHash128();
        hash.Append(JsonSerializer.SerializeToUtf8Bytes(tagged, type));
        foreach (var incident in incidents)
            hash.Append(Hashes.GetValue(incident, HashOf));
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(hash.GetCurrentHash())}\"", isWeak: true);
        request.HttpContext.Response.GetTypedHeaders().ETag = tag;
        var known = request.GetTypedHeaders().IfNoneMatch;
        return known.Any(one => one == EntityTagHeaderValue.Any || one.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new JsonAnswer<T>(answer, type);
    }

    /// <summary>JSON with its length.</summary>
    private sealed class JsonAnswer<T>(T answer, JsonTypeInfo<T> type) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            using var buffer = new PooledBuffer();
            await using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = type.Options.Encoder }))
                JsonSerializer.Serialize(writer, answer, type);
            context.Response.ContentType = MediaTypeNames.Application.Json;
            context.Response.ContentLength = buffer.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
                await context.Response.Body.WriteAsync(buffer.Written, context.RequestAborted);
        }
    }

    private static byte[] HashOf(Incident incident) =>
        XxHash128.Hash(JsonSerializer.SerializeToUtf8Bytes(incident, ApiJson.Readable.Incident));
}
