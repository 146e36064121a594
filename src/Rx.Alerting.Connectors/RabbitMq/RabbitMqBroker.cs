using RabbitMQ.Client;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>Connects to the broker that the options name. Its URI, which may hold a password, is shown nowhere.</summary>
internal static class RabbitMqBroker
{
    public const string Form = "amqp://user:password@host:5672/vhost";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    /// <summary>Null if it is none.</summary>
    public static Uri? Parse(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
            return null;
        try
        {
            _ = new ConnectionFactory { Uri = uri };
            return uri;
        }
        catch (ArgumentException)
        {
            return null; // More than one segment as virtual host, or a user with two colons.
        }
    }

    /// <summary>Null if the file cannot be read, or has none.</summary>
    public static Uri? ParseFile(string file)
    {
        try
        {
            return Parse(File.ReadAllText(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens a connection, which does not recover by itself.</summary>
    /// <param name="options">Have a broker.</param>
    /// <param name="name">What the broker shows.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="RabbitMqException">The broker cannot be reached, or does not let us in.</exception>
    public static async Task<IConnection> ConnectAsync(RabbitMqOptions options, string name, CancellationToken cancel)
    {
        var uri = options.Uri.Length > 0 ? Parse(options.Uri) : ParseFile(options.UriFile);
        if (uri is null)
            throw new RabbitMqException($"RabbitMq:UriFile ({options.UriFile}) cannot be read, or has no text like {Form}");
        var factory = new ConnectionFactory
        {
            Uri = uri,
            ClientProvidedName = name,
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = Timeout,
            HandshakeContinuationTimeout = Timeout,
            ContinuationTimeout = Timeout,
            RequestedHeartbeat = Heartbeat,
        };
        try
        {
            return await factory.CreateConnectionAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception failure)
            when (RabbitMqErrors.IsKnown(failure) || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw RabbitMqErrors.Translate(failure, $"RabbitMQ at {uri.Host}:{factory.Endpoint.Port}");
        }
    }
}
