using System.Diagnostics;
using System.Text;
using Rx.Alerting.Connectors.Kinesis.Aggregation;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>What another implementation of the format writes.</summary>
public sealed class ForeignAggregatorTests
{
    private const string Package = "aws-kinesis-agg";

    private const string Script = """
        const { RecordAggregator } = require('.');
        const parts = [
          { partitionKey: 'a', data: Buffer.from('one') },
          { partitionKey: 'b', explicitHashKey: '5', data: Buffer.from('two') },
        ];
        new RecordAggregator().aggregateRecords(parts, true, (error, record) => console.log(record.data.toString('base64')));
        """;

    [Fact]
    public async Task Read_RecordOfTheAggregatorForNode_GivesItsParts()
    {
        var folder = NodePackages.Find(Package);
        Assert.SkipUnless(folder is not null || Environment.GetEnvironmentVariable("CI") == "true", NodePackages.HowToInstall(Package));
        Assert.True(folder is not null, NodePackages.HowToInstall(Package));
        var start = new ProcessStartInfo("node", ["-e", Script]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var node = Process.Start(start)!;
        var record = Convert.FromBase64String(await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));

        var aggregated = new AggregatedRecord();
        Assert.Equal(AggregationOutcome.Whole, aggregated.Read(record, HashRange.All));
        Assert.Equal(["one", "two"], aggregated.Parts.Select(part => Encoding.UTF8.GetString(record[part])));
    }
}
