using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>What the identity provider says of itself: its addresses and its keys. Thread-safe.</summary>
/// <remarks>
/// It is asked when somebody logs in or shows a token of it, and again after <see cref="Kept"/>, or when a token has a key that is not
/// known. So the service starts without its provider, and goes on with what it knows while the provider does not answer.
/// </remarks>
internal sealed class OidcProvider(OidcOptions options, TimeProvider clock)
    : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    /// <summary>The least time between two questions: whoever shows unknown keys must not hammer the provider.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Kept = TimeSpan.FromHours(12), Patience = TimeSpan.FromSeconds(10);

    private readonly string issuer = options.Authority.TrimEnd('/');
    private readonly HttpClient client = new() { Timeout = Patience };
    private readonly SemaphoreSlim turn = new(1);
    private volatile OpenIdConnectConfiguration? known;
    private volatile bool isDoubted;
    private long readAt, askedAt;

    private bool IsKnownWell => known is not null && !isDoubted && clock.GetElapsedTime(Volatile.Read(ref readAt)) < Kept;

    /// <exception cref="OidcUnavailableException">The provider does not answer, or is another one, and nothing is known of it.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (IsKnownWell)
            return known!;
        await turn.WaitAsync(cancel);
        try
        {
            if (!IsKnownWell && (askedAt == 0 || clock.GetElapsedTime(askedAt) >= Pause || known is null))
                await AskAsync(cancel);
            return known!;
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException or InvalidOperationException or ArgumentException
            || (problem is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return known ?? throw new OidcUnavailableException("The identity provider does not answer.", problem);
        }
        finally
        {
            turn.Release();
        }
    }

    public void RequestRefresh() => isDoubted = true;

    public void Dispose()
    {
        client.Dispose();
        turn.Dispose();
    }

    private async Task AskAsync(CancellationToken cancel)
    {
        askedAt = clock.GetTimestamp();
        var isTls = issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        var documents = new HttpDocumentRetriever(client) { RequireHttps = isTls };
        var said = await OpenIdConnectConfigurationRetriever.GetAsync($"{issuer}/.well-known/openid-configuration", documents, cancel);
        if (said.Issuer?.TrimEnd('/') != issuer)
            throw new InvalidOperationException($"The identity provider says that it is {said.Issuer}.");
        (known, isDoubted) = (said, false);
        Volatile.Write(ref readAt, clock.GetTimestamp());
    }
}

/// <summary>Nothing can be said of users just now.</summary>
internal sealed class OidcUnavailableException(string message, Exception inner) : Exception(message, inner);
