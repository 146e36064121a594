using System.Text.Json;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Tests.Pipeline;

namespace Rx.Alerting.Core.Tests.Dumps;

/// <summary>What the rows of error rates say.</summary>
public sealed class ErrorRateDumpTests : DumpFixture
{
    /// <summary>Fewer views than the largest window has, so the naive recount is simple.</summary>
    [Fact]
    public async Task Rows_OfAllKeys_AreThoseOfARecount()
    {
        var traffic = new TestTraffic(1) { Step = 700 }
            .Add(900, "one", ("a", 0.02), ("b", 0.01)).Add(300, "two", ("a", 0.05)).Add(50, "quiet");
        var made = await DumpAsync(ErrorRates(), Run(traffic));

        var rows = Rows().Select(row => (
            Property: row.GetProperty("property").GetString()!,
            Title: row.GetProperty("title").GetString(),
            Type: row.GetProperty("error_type").GetString(),
            Views: row.GetProperty("views").GetInt64(),
            Errors: row.GetProperty("errors").GetInt64(),
            Total: row.GetProperty("total_views").GetInt64()));

        var end = made.Manifest.Watermark!.Value.ToUnixTimeMilliseconds();
        var decided = traffic.Views.Where(view => ((view.Time / 1000) + 1) * 1000 <= end + 1).ToList();
        var keys = decided.Select(view => (view.Property, Title: (string?)view.Title))
            .Concat(decided.Select(view => (view.Property, Title: (string?)null)));
        var expected = keys.Distinct().SelectMany(key =>
        {
            var own = decided.Where(view => view.Property == key.Property && (key.Title is null || view.Title == key.Title)).ToList();
            var types = own.Where(view => view.ErrorType.Length > 0).Select(view => (string?)view.ErrorType).Distinct().ToList();
            return types.DefaultIfEmpty(null).Select(type => (
                key.Property,
                key.Title,
                type,
                (long)own.Count,
                type is null ? 0L : own.LongCount(view => view.ErrorType == type),
                (long)own.Count));
        });
        Assert.InRange(decided.Count, 1000, traffic.Views.Count - 1);
        Assert.Equal(expected.Order(), rows.Order());
        Assert.Equal(Rows().Count, made.Manifest.Rows);
    }

    [Fact]
    public async Task Rows_OptionsThatWereSetWhileThePipelineRan_AreInForce()
    {
        var running = Run(new TestTraffic(3).Add(3000, "one", ("a", 0.02)));
        await DumpAsync(ErrorRates(), running);
        var before = Threshold();
        KeyValuePair<string, string?> ratio = new("Detection:MinimumRatio", "9");
        await running.Pipeline.ExecuteAsync(new SetOptionsCommand("set", "ann", [ratio]), Cancel);
        await DumpAsync(ErrorRates() with { CommandId = "later" }, running);

        Assert.InRange(Threshold("later"), 2 * before, 1);

        double Threshold(string command = "c") => Target.Lines($"{command}/views/error-rates.jsonl.gz")
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Single(row => row.GetProperty("title").ValueKind == JsonValueKind.Null)
            .GetProperty("threshold").GetDouble();
    }

    [Fact]
    public async Task Rows_WhileAnIncidentIsOpen_SayWhatTheDetectorSays()
    {
        var traffic = new TestTraffic(2).Add(3000, "one", ("a", 0.01)).Add(60, "one", ("a", 0.9)).Add(1, "one").Add(150, "end");
        var running = Run(traffic);
        await DumpAsync(ErrorRates(), running);
        await DumpAsync(new("i", "ann", DumpKind.Incidents), running);

        var row = Rows().Single(row => row.GetProperty("title").ValueKind == JsonValueKind.Null
            && row.GetProperty("property").GetString() == "one");
        var incident = JsonDocument.Parse(Target.Lines("i/views/incidents.jsonl.gz").Single()).RootElement;

        Assert.True(row.GetProperty("has_incident").GetBoolean());
        Assert.Equal(incident.GetProperty("id").GetString(), row.GetProperty("incident_id").GetString());
        Assert.Equal(1000, row.GetProperty("views").GetInt64());
        var rate = row.GetProperty("error_rate").GetDouble();
        Assert.Equal(row.GetProperty("errors").GetInt64() / 1000.0, rate, 9);
        Assert.InRange(row.GetProperty("baseline_rate").GetDouble(), 0.005, 0.02);
        Assert.Equal(row.GetProperty("baseline_rate").GetDouble(), row.GetProperty("expected_rate").GetDouble(), 9);
        Assert.InRange(row.GetProperty("threshold").GetDouble(), row.GetProperty("expected_rate").GetDouble() * 1.5, rate);
        Assert.InRange(row.GetProperty("overdispersion").GetDouble(), 1e-6, 0.1);
        Assert.InRange(row.GetProperty("baseline_views").GetDouble(), 1000, 2100);
        Assert.Equal(3061, row.GetProperty("total_views").GetInt64());
        var lastSeen = row.GetProperty("last_view_at").GetDateTimeOffset().ToUnixTimeMilliseconds();
        Assert.InRange(lastSeen, traffic.Now - 150_000, traffic.Now - 149_000);
    }

    /// <summary>A title is expected to do what its property does, which is known only together with the property.</summary>
    [Fact]
    public async Task Rows_OfATitle_BorrowFromItsProperty()
    {
        await DumpAsync(ErrorRates(), Run(new TestTraffic(3).Add(5000, "one", ("a", 0.1)).Add(3, "one", "new", ("a", 1)).Add(150, "end")));

        var row = Rows().Single(row => row.GetProperty("title").GetString() == "new");

        Assert.Equal((3, 3), (row.GetProperty("views").GetInt32(), row.GetProperty("errors").GetInt32()));
        Assert.InRange(row.GetProperty("expected_rate").GetDouble(), 0.07, 0.15);
    }

    /// <summary>The incident of the property has counted what its titles had. A title that nobody has watched since starts anew.</summary>
    [Fact]
    public async Task Rows_OfATitleThatWasNotSeenSinceItsPropertysIncident_StartAnew()
    {
        var traffic = new TestTraffic(4) { Titles = 40 }
            .Add(4000, "one", ("a", 0.01)).Add(9, "one", "gone", ("a", 0.5)).Add(300, "one", ("a", 0.6)).Add(3000, "one", ("a", 0.01));
        await DumpAsync(ErrorRates(), Run(traffic));

        var row = Rows().Single(row => row.GetProperty("title").GetString() == "gone");

        Assert.Equal((0, 0), (row.GetProperty("views").GetInt32(), row.GetProperty("errors").GetInt32()));
        Assert.Equal(9, row.GetProperty("total_views").GetInt32());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("threshold").ValueKind);
    }

    [Theory]
    [InlineData("shop-*", null, null, "shop-a//x,shop-a/t/,shop-b//y,shop-b/t/y")]
    [InlineData(null, "t", null, "news/t/,shop-a/t/,shop-b/t/y")]
    [InlineData(null, null, "?", "shop-a//x,shop-b//y,shop-b/t/y")]
    [InlineData("*", "*", "*", "news//,news/t/,shop-a//x,shop-a/t/,shop-b//y,shop-b/t/y")]
    [InlineData("shop-b", "t", "y", "shop-b/t/y")]
    [InlineData("nobody", null, null, "")]
    [InlineData("[a-z]+'; DROP TABLE titles; --", "\0", "\uFFFD", "")]
    public async Task Rows_WithAFilter_AreThoseThatFit(string? property, string? title, string? errorType, string expected)
    {
        var traffic = new TestTraffic(5).Add(20, "news", "t").Add(20, "shop-b", "t", ("y", 1)).Add(20, "shop-a", "t")
            .Add(5, "shop-a", "", ("x", 1)).Add(150, "end");
        await DumpAsync(ErrorRates(new(property, title, errorType)), Run(traffic));

        string[] names = ["property", "title", "error_type"];
        var rows = Rows().Select(row => string.Join('/', names.Select(name => row.GetProperty(name))));

        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
            rows.Where(row => !row.StartsWith("end/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\"},{\"")]
    [InlineData("\u2028\u2029\u0085\0\u001b[31m")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("👩‍👩‍👧 Ünïcode \uFFFD")]
    public async Task Rows_HostileNames_AreOneLineOfJsonEach(string name)
    {
        var traffic = new TestTraffic(6).Add(30, name, name, (name, 0.5)).Add(150, "end");

        var made = await DumpAsync(ErrorRates(new(Property: name)), Run(traffic));

        Assert.Equal(2, made.Manifest.Rows);
        Assert.All(Rows(), row => Assert.Equal(name, row.GetProperty("property").GetString()));
        Assert.Equal([null, name], Rows().Select(row => row.GetProperty("title").GetString()));
        Assert.All(Rows(), row => Assert.Equal(name, row.GetProperty("error_type").GetString()));
        Assert.All(Target.Lines($"{Folder}/views/error-rates.jsonl.gz"), line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Fact]
    public async Task Rows_NoViewYet_AreNone()
    {
        var made = await DumpAsync(ErrorRates(), Run([]));

        Assert.Equal((0, null), (made.Manifest.Rows, made.Manifest.Watermark));
        Assert.Empty(Rows());
        Assert.Equal(0x8B, Target.Bytes($"{Folder}/views/error-rates.jsonl.gz")[1]);
    }
}
