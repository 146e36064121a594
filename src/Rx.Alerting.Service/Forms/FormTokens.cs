using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Forms;

/// <summary>Tokens that say that a form came from a page of the service, and that its page was made for the same caller.</summary>
internal sealed class FormTokens(IAntiforgery antiforgery, ProtectionKeys keys)
{
    /// <summary>The field of a form that has the token.</summary>
    public const string Field = "form_token";

    /// <summary>The token for forms of a page. Sets the cookie that belongs to it. Null: the store does not give the keys.</summary>
    public string? Issue(HttpContext context)
    {
        try
        {
            return antiforgery.GetAndStoreTokens(context).RequestToken;
        }
        catch (Exception problem) when (problem is CheckpointStoreException or CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a posted form has the token. Nothing must be done without it.</summary>
    /// <exception cref="CheckpointStoreException">The store does not give the keys, so it is not known.</exception>
    public async Task<bool> HasAsync(HttpContext context)
    {
        if (await antiforgery.IsRequestValidAsync(context))
            return true;
        return keys.Problem is { } problem ? throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, problem) : false;
    }
}
