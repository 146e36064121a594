using System.Diagnostics;
using System.Globalization;

namespace Rx.Alerting.Testing.Servers;

/// <summary>
/// The rabbitmq-server of the system, in a temporary folder, on free loopback ports, with a port mapper of its own. A restart keeps port
/// and data.
/// </summary>
public sealed class RabbitMqServer : IDisposable
{
    private readonly string program;
    private readonly string folder = Directory.CreateTempSubdirectory("rx-alerting-rabbitmq-").FullName;
    private readonly LoggedProcess process;
    private readonly Process portMapper;
    private readonly Dictionary<string, string> environment;

    private RabbitMqServer(string program, string epmd, TimeSpan? patience)
    {
        this.program = program;
        process = new LoggedProcess("A RabbitMQ server", LogFile);
        (Port, var distribution) = FreePort.FindTwo();
        var mapper = Text(FreePort.Find());
        // Otherwise the server would start a daemon that nobody ends.
        portMapper = LoggedProcess.Run(Path.Combine(folder, "epmd.log"), [epmd, "-port", mapper, "-address", "127.0.0.1"]);
        environment = new()
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = $"rx{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(Port),
            ["RABBITMQ_DIST_PORT"] = Text(distribution),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
                "-kernel inet_dist_use_interface {127,0,0,1} -rabbit channel_tick_interval 500",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = mapper,
        };
        var timeout = patience is { TotalMilliseconds: var milliseconds } ? $"consumer_timeout = {Text((int)milliseconds)}\n" : "";
        File.WriteAllText(Path.Combine(folder, "rabbitmq.conf"), timeout);
    }

    public int Port { get; }

    /// <summary>With user and password.</summary>
    public string Uri => $"amqp://guest:guest@127.0.0.1:{Port}";

    private string LogFile => Path.Combine(folder, "server.log");

    /// <summary>Null if there is no rabbitmq-server, or no epmd of Erlang.</summary>
    public static RabbitMqServer? TryStart() => TryStart(null);

    /// <inheritdoc cref="TryStart()"/>
    /// <param name="patience">How long the broker waits for an acknowledgement; null: half an hour.</param>
    public static RabbitMqServer? TryStart(TimeSpan? patience)
    {
        // Debian's script in the PATH changes the user.
        var (program, epmd) = (Find("rabbitmq-server", "/usr/lib/rabbitmq/bin"), Find("epmd", "/usr/lib/erlang/bin"));
        if (program is null || epmd is null)
            return null;
        var server = new RabbitMqServer(program, epmd, patience);
        server.Start();
        return server;
    }

    /// <summary>Starts the server, and waits until it serves.</summary>
    public void Start() => process.Start([program], "Starting broker... completed", TimeSpan.FromMinutes(2), environment);

    /// <summary>Kills the server, as a crash does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Runs <c>rabbitmqctl</c>.</summary>
    public void Control(params string[] arguments)
    {
        var log = Path.Combine(folder, "control.log");
        var control = Find("rabbitmqctl", Path.GetDirectoryName(program)!)!;
        using var run = LoggedProcess.Run(log, [control, .. arguments], environment);
        run.WaitForExit();
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}:\n{File.ReadAllText(log)}");
    }

    public void Dispose()
    {
        Kill();
        portMapper.Kill();
        portMapper.WaitForExit();
        portMapper.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string? Find(string name, string first) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend(first)
            .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
