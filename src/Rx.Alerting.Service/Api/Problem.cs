using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Net.Http.Headers;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Api;

/// <summary>What can go wrong with a request: the <c>type</c> of a problem, its status, and its title.</summary>
/// <param name="Name">The end of the type. Never changes.</param>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Title">A sentence for people, always the same.</param>
internal sealed record ProblemKind(string Name, int Status, string Title)
{
    private const string Prefix = "urn:rx-alerting:problem:";

    public static readonly ProblemKind BadRequest = new("bad-request", 400, "The request cannot be understood.");
    public static readonly ProblemKind WrongParameters = new("wrong-parameters", 400, "Some parameters are wrong.");
    public static readonly ProblemKind WrongCommand = new("wrong-command", 400, "The command cannot be understood.");
    public static readonly ProblemKind NoCredentials = new("no-credentials", 401, "Say who you are.");
    public static readonly ProblemKind WrongCredentials = new("wrong-credentials", 401, "What you show does not hold.");
    public static readonly ProblemKind LoginFailed = new("login-failed", 401, "You are not logged in.");
    public static readonly ProblemKind Forbidden = new("forbidden", 403, "You may not do that.");
    public static readonly ProblemKind OtherSite = new("other-site", 403, "Commands are not taken.");
    public static readonly ProblemKind NoLogin = new("no-login", 403, "Nobody can log in this way.");
    public static readonly ProblemKind NotFound = new("not-found", 404, "There is nothing at this address.");
    public static readonly ProblemKind NoSuchIncident = new("no-such-incident", 404, "No such incident.");
    public static readonly ProblemKind NoSuchSilence = new("no-such-silence", 404, "No such silence.");
    public static readonly ProblemKind OutOfScope = new("out-of-scope", 404, "No such property.");
    public static readonly ProblemKind WrongMethod = new("wrong-method", 405, "The address does not take this method.");
    public static readonly ProblemKind Refused = new("refused", 409, "The command has no effect.");
    public static readonly ProblemKind TooLarge = new("too-large", 413, "The request is too large.");
    public static readonly ProblemKind WrongContent = new("wrong-content", 415, "The command must be JSON.");
    public static readonly ProblemKind TooManyFailures = new("too-many-failures", 429, "Wait before you try again.");
    public static readonly ProblemKind Internal = new("internal", 500, "The service has failed at this request.");
    public static readonly ProblemKind NoPipeline = new("no-pipeline", 503, "No pipeline takes the command.");
    public static readonly ProblemKind Unconfirmed = new("unconfirmed", 503, "It is not known whether the command has taken effect.");
    public static readonly ProblemKind TooManyStreams = new("too-many-streams", 503, "Too many listen.");
    public static readonly ProblemKind NotNow = new("not-now", 503, "The service cannot tell just now.");

    /// <summary>What errors are called of which only the status is known.</summary>
    private static readonly ProblemKind[] ByStatus = [BadRequest, NotFound, WrongMethod, TooLarge, WrongContent, Internal];

    public string Type => Prefix + Name;

    /// <summary>Null: the status has no kind of its own.</summary>
    public static ProblemKind? Of(int? status) => Array.Find(ByStatus, kind => kind.Status == status);
}

/// <summary>Answers with a problem document (RFC 9457).</summary>
internal static class Problem
{
    public static IResult Of(ProblemKind kind, string? detail) => Results.Problem(detail, null, kind.Status, kind.Title, kind.Type);

    /// <param name="kind">What is wrong.</param>
    /// <param name="errors">What is wrong with which parameter or member.</param>
    public static IResult Of(ProblemKind kind, IDictionary<string, string[]> errors) =>
        Results.ValidationProblem(errors, null, null, kind.Status, kind.Title, kind.Type);
}

/// <summary>
/// Writes every problem as JSON, whatever a program accepts: a text would tell it nothing. People with a browser get a page.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public const string ContentType = "application/problem+json";

    private const string Untyped = "about:blank";

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (problem, response) = (context.ProblemDetails, context.HttpContext.Response);
        problem.Status ??= response.StatusCode;
        if (problem.Type?.StartsWith("urn:", StringComparison.Ordinal) != true)
        {
            var kind = ProblemKind.Of(problem.Status);
            (problem.Type, problem.Title) = (kind?.Type ?? Untyped, kind?.Title ?? problem.Title);
        }

        var errors = (problem as HttpValidationProblemDetails)?.Errors;
        var said = new ProblemDocument(problem.Type, problem.Title, problem.Status, problem.Detail, errors);
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (ProblemPage.IsFor(context.HttpContext.Request))
            return new(ProblemPage.WriteAsync(context.HttpContext, said));
        response.ContentType = ContentType;
        return new(response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(said, ApiJson.Readable.ProblemDocument), context.HttpContext.RequestAborted).AsTask());
    }
}

/// <summary>A problem as it is written.</summary>
internal sealed record ProblemDocument(
    string? Type,
    string? Title,
    int? Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IDictionary<string, string[]>? Errors);
