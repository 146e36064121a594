namespace Rx.Alerting.Testing.Servers;

/// <summary>
/// A Kafka broker of a distribution (KAFKA_HOME), in a temporary folder, on free loopback ports. A restart keeps ports and data.
/// </summary>
public sealed class KafkaBroker : IDisposable
{
    private readonly string home;
    private readonly string folder = Directory.CreateTempSubdirectory("rx-alerting-kafka-").FullName;
    private readonly LoggedProcess process;

    private KafkaBroker(string home, bool password, TestAuthority? tls)
    {
        this.home = home;
        process = new LoggedProcess("A Kafka broker", LogFile);
        var (port, controller) = FreePort.FindTwo();
        BootstrapServers = $"127.0.0.1:{port}";
        var protocol = tls is not null ? "SSL" : password ? "SASL_PLAINTEXT" : "PLAINTEXT";
        File.WriteAllText(Properties, $"""
            process.roles=broker,controller
            node.id=1
            listeners={protocol}://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
            advertised.listeners={protocol}://127.0.0.1:{port}
            listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT
            inter.broker.listener.name={protocol}
            controller.listener.names=CONTROLLER
            controller.quorum.bootstrap.servers=127.0.0.1:{controller}
            log.dirs={folder}/data
            offsets.topic.num.partitions=4
            offsets.topic.replication.factor=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.abort.timed.out.transaction.cleanup.interval.ms=500
            log.cleaner.backoff.ms=200
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            auto.create.topics.enable=false
            broker.session.timeout.ms=2000
            broker.heartbeat.interval.ms=500
            """ + (password ? SaslProperties : "\n") + (tls is null ? "" : TlsProperties(tls)));
        using var format = LoggedProcess.Run(
            LogFile, [Script("kafka-storage.sh"), "format", "--standalone", "-t", "4L6g3nShT-eMCtK--X86sw", "-c", Properties], Environment);
        if (!format.WaitForExit(TimeSpan.FromMinutes(1)) || format.ExitCode != 0)
            throw new InvalidOperationException($"The storage of a Kafka broker could not be formatted; see {LogFile}.");
    }

    /// <summary>User <c>alice</c>, password <c>right</c>.</summary>
    private const string SaslProperties = """

        sasl.enabled.mechanisms=PLAIN
        sasl.mechanism.inter.broker.protocol=PLAIN
        listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required
        """
        + """ username="alice" password="right" user_alice="right";""" + "\n";

    private static string TlsProperties(TestAuthority tls) => $"""
        ssl.keystore.type=PEM
        ssl.keystore.location={tls.KeyAndCertificateFile}
        ssl.truststore.type=PEM
        ssl.truststore.location={tls.AuthorityFile}

        """;

    public string BootstrapServers { get; }

    private string Properties => Path.Combine(folder, "server.properties");

    private Dictionary<string, string> Environment => new() { ["LOG_DIR"] = folder, ["KAFKA_HEAP_OPTS"] = "-Xmx512m -Xms128m" };

    private string LogFile => Path.Combine(folder, "server.log");

    /// <summary>Null if there is no distribution.</summary>
    public static KafkaBroker? TryStart(bool password = false, TestAuthority? tls = null)
    {
        if (System.Environment.GetEnvironmentVariable("KAFKA_HOME") is not { Length: > 0 } home)
            return null;
        var broker = new KafkaBroker(home, password, tls);
        broker.Start();
        return broker;
    }

    /// <summary>Starts the server, and waits until it serves.</summary>
    public void Start() =>
        process.Start([Script("kafka-server-start.sh"), Properties], "Kafka Server started", TimeSpan.FromMinutes(3), Environment);

    /// <summary>Kills the server, as a crash does.</summary>
    public void Kill() => process.Kill();

    public void Dispose()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
    }

    private string Script(string name) => Path.Combine(home, "bin", name);
}
