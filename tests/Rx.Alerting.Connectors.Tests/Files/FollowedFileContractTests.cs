using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>What holds for every source, of files that are followed: each named, or all of a folder.</summary>
public abstract class FollowedFileContractTests(bool folder, bool inodes) : ViewSourceContract
{
    private protected override Task<SourceFixture> CreateAsync(int partitions) =>
        Task.FromResult<SourceFixture>(new Fixture(partitions, folder, inodes));

    public sealed class OfFiles() : FollowedFileContractTests(folder: false, inodes: true);

    public sealed class OfFolder() : FollowedFileContractTests(folder: true, inodes: true);

    public sealed class WithoutInodes() : FollowedFileContractTests(folder: false, inodes: false);

    private sealed class Fixture : SourceFixture
    {
        private readonly TemporaryFolder folder = new();
        private readonly FollowOptions options;

        public Fixture(int partitions, bool wholeFolder, bool inodes)
        {
            Partitions = [.. Enumerable.Range(0, partitions).Select(i => folder.File($"{i}.jsonl", []))];
            options = new()
            {
                Paths = wholeFolder ? [folder.Path] : Partitions,
                PollInterval = TimeSpan.FromMilliseconds(10),
                IdleAfter = TimeSpan.Zero,
                BatchViews = 7,
                HasInodes = inodes,
            };
        }

        public override SourceAbilities Abilities =>
            SourceAbilities.Append | SourceAbilities.Follow | SourceAbilities.Idle | SourceAbilities.Hold;

        public override IReadOnlyList<string> Partitions { get; }

        public override IViewSource Open() => new FollowedFileSource(options, TimeProvider.System, NullLogger<FollowedFileSource>.Instance);

        public override Task AppendAsync(int partition, IReadOnlyList<string> ids) =>
            File.AppendAllLinesAsync(Partitions[partition], ids.Select((id, i) => MuxJson(id, i)));

        public override ValueTask DisposeAsync()
        {
            folder.Dispose();
            return base.DisposeAsync();
        }
    }
}
