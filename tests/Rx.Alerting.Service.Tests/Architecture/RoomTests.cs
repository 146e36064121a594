using System.Reflection;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Tests.Architecture;

/// <summary>The rooms of Core stand in one order, and each knows those before it only. Connectors do not know one another.</summary>
public sealed partial class RoomTests
{
    /// <summary>From the first to the last. A room with several names is several rooms that do not know one another.</summary>
    private static readonly string[][] Rooms =
    [
        ["Options"],
        ["Views"],
        ["Views.AccessLog", "Views.Mux"],
        ["Checkpoints"],
        ["EventTime"],
        ["Panes", "Baselines"],
        ["Explanations"],
        ["Windows"],
        ["Detection"],
        ["Incidents"],
        ["Control"],
        ["Effects"],
        ["Notifications"],
        ["Pipeline"],
        ["Dumps"],
    ];

    private static readonly string[] Connectors =
    [
        "Alertmanager", "Files", "Folders", "Kafka", "Kinesis", "Mail", "Otlp", "PagerDuty", "RabbitMq", "Redis", "S3", "Simulation",
        "Slack", "Sqlite", "Webhook",
    ];

    /// <summary>What connectors have in common; it knows none of them.</summary>
    private static readonly string[] Common = ["Charts", "Framing", "Gates", "Http", "Positions", "Receivers", "Tls"];

    private static readonly Assembly Core = typeof(DetectionPipeline).Assembly;

    public static TheoryData<string> AllRooms => [.. Rooms.SelectMany(row => row)];

    public static TheoryData<string> AllConnectors => [.. Connectors, .. Common];

    [Fact]
    public void Rooms_OfCore_AreAllInTheOrder()
    {
        var rooms = Core.GetTypes().Select(type => type.Namespace)
            .Where(name => name?.StartsWith("Rx.Alerting.Core", StringComparison.Ordinal) == true);

        Assert.Equal(
            Rooms.SelectMany(row => row).Select(room => $"Rx.Alerting.Core.{room}").Order(StringComparer.Ordinal),
            rooms.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Room_OfCore_UsesNoTypeOfARoomThatComesLater(string room)
    {
        string[] forbidden = [.. NotBefore(room).Select(later => $"Rx.Alerting.Core.{later}")];

        var found = Types.InAssembly(Core).That().ResideInNamespaceMatching($"^Rx\\.Alerting\\.Core\\.{Regex.Escape(room)}$")
            .ShouldNot().HaveDependencyOnAny(forbidden).GetResult();

        AssertNone(found);
    }

    /// <summary>Constants leave no trace in the assembly, so the sources are looked at, too.</summary>
    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Room_OfCore_ImportsNoRoomThatComesLater(string room)
    {
        var forbidden = NotBefore(room).ToHashSet(StringComparer.Ordinal);

        var imports =
            from file in Directory.EnumerateFiles(Repository.PathOf("src", "Rx.Alerting.Core", room.Replace('.', '/')), "*.cs")
            from Match import in Import().Matches(File.ReadAllText(file))
            where forbidden.Contains(import.Groups[1].Value)
            select $"{Path.GetFileName(file)} imports {import.Groups[1].Value}";

        Assert.True(!imports.Any(), string.Join(Environment.NewLine, imports));
    }

    [Fact]
    public void Judging_AndIncidents_SeeValuesOnly()
    {
        string[] changing = [.. new[] { "ErrorSeries", "Key", "Property", "Title" }.Select(name => $"Rx.Alerting.Core.Windows.{name}")];

        var found = Types.InAssembly(Core).That().ResideInNamespaceMatching(@"^Rx\.Alerting\.Core\.(Detection|Incidents)$")
            .ShouldNot().HaveDependencyOnAny(changing).GetResult();

        AssertNone(found);
    }

    [Theory]
    [MemberData(nameof(AllConnectors))]
    public void Connector_UsesNoTypeOf_AnotherConnector(string connector)
    {
        string[] others = [.. Connectors.Except([connector]).Select(other => $"Rx.Alerting.Connectors.{other}")];

        var found = Types.InAssembly(Assembly.Load("Rx.Alerting.Connectors"))
            .That().ResideInNamespace($"Rx.Alerting.Connectors.{connector}")
            .ShouldNot().HaveDependencyOnAny(others).GetResult();

        AssertNone(found);
    }

    /// <summary>The rooms that a room must not know: those that come later, and those beside it.</summary>
    private static IEnumerable<string> NotBefore(string room) =>
        Rooms.SkipWhile(row => !row.Contains(room, StringComparer.Ordinal)).SelectMany(row => row).Where(later => later != room);

    private static void AssertNone(NetArchTest.Rules.TestResult result) => Assert.True(
        result.IsSuccessful,
        string.Join(Environment.NewLine, (result.FailingTypes ?? []).Select(type => $"{type.FullName}: {type.Explanation}")));

    [GeneratedRegex(@"^using (?:static )?Rx\.Alerting\.Core\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Import();
}
