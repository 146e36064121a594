using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

public sealed class FileViewSourceContractTests : ViewSourceContract
{
    private const int BatchViews = 7;

    private protected override Task<SourceFixture> CreateAsync(int partitions) => Task.FromResult<SourceFixture>(new Fixture(partitions));

    private sealed class Fixture : SourceFixture
    {
        private readonly TemporaryFolder folder = new();
        private readonly List<FileViewSource> opened = [];

        public Fixture(int partitions) =>
            Partitions = [.. Enumerable.Range(0, partitions).Select(i => folder.File($"{i}.jsonl", []))];

        public override SourceAbilities Abilities => SourceAbilities.Append | SourceAbilities.Finish;

        public override IReadOnlyList<string> Partitions { get; }

        public override long MaximumAhead => BatchViews * Partitions.Count;

        public override IViewSource Open()
        {
            var source = FileViewSource.Open(new() { Paths = Partitions, BatchViews = BatchViews, Format = RecordFormat.MuxJson });
            opened.Add(source);
            return source;
        }

        public override Task AppendAsync(int partition, IReadOnlyList<string> ids) =>
            File.AppendAllLinesAsync(Partitions[partition], ids.Select((id, i) => MuxJson(id, i)));

        public override long? RecordsTaken(IViewSource source) => ((FileViewSource)source).Progress.Records;

        public override ValueTask DisposeAsync()
        {
            opened.ForEach(source => source.Dispose());
            folder.Dispose();
            return base.DisposeAsync();
        }
    }
}
