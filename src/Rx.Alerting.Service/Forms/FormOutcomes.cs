using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Forms;

/// <summary>
/// Brings the outcome of a form to the page that the browser is led to. It is in the address, and protected: so any replica can show it,
/// and nobody can make a link that has a page say something.
/// </summary>
internal sealed class FormOutcomes(IDataProtectionProvider protection)
{
    /// <summary>The parameter of an address.</summary>
    public const string Parameter = "said";

    /// <summary>An outcome is news for so long.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("form outcomes").ToTimeLimitedDataProtector();

    /// <summary>Leads the browser to a page of the service.</summary>
    /// <param name="context">The request that has posted the form.</param>
    /// <param name="path">A path without a query, escaped. It begins with one slash, so it stays on this host.</param>
    /// <param name="outcome">What the page is to say.</param>
    public IResult Lead(HttpContext context, string path, FormOutcome outcome)
    {
        string[] said = [context.Caller().Name, path, outcome.IsDone ? bool.TrueString : bool.FalseString, outcome.Text];
        var text = protector.Protect(JsonSerializer.Serialize(said, FormJson.Default.StringArray), Lifetime);
        context.Response.Headers.Location = $"{context.Request.PathBase}{path}?{Parameter}={text}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>What a page is to say. Null: nothing, or it was said to somebody else, or long ago.</summary>
    public FormOutcome? Find(HttpContext context)
    {
        if (context.Request.Query[Parameter] is not [{ Length: > 0 } text])
            return null;
        try
        {
            return JsonSerializer.Deserialize(protector.Unprotect(text), FormJson.Default.StringArray)
                is [var name, var path, var done, var said]
                && name == context.Caller().Name
                && PathString.FromUriComponent(path) == context.Request.Path
                    ? new(done == bool.TrueString, said)
                    : null;
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException or CheckpointStoreException)
        {
            return null;
        }
    }
}
