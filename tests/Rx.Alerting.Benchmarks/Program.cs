using Rx.Alerting.Benchmarks.Control;
using Rx.Alerting.Benchmarks.Dumps;
using Rx.Alerting.Benchmarks.Effects;
using Rx.Alerting.Benchmarks.Explanations;
using Rx.Alerting.Benchmarks.Keyed;
using Rx.Alerting.Benchmarks.Memory;
using Rx.Alerting.Benchmarks.Naive;
using Rx.Alerting.Benchmarks.Operators;
using Rx.Alerting.Benchmarks.Replay;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Scraping;
using Rx.Alerting.Benchmarks.Serving;
using Rx.Alerting.Benchmarks.Stores;
using Rx.Alerting.Benchmarks.Streaming;

Workload[] workloads =
[
    new(
        "keyed",
        "views by title in one-minute windows: our panes, a bare dictionary, Flink, Jet",
        KeyedWorkload.Options,
        KeyedWorkload.Run),
    new("naive", "decoded views to incidents, against counting them with Rx GroupBy and Window", NaiveWorkload.Options, NaiveWorkload.Run),
    new(
        "replay",
        "files to incidents, against a bare pass of Utf8JsonReader; JSON against protobuf",
        ReplayWorkload.Options,
        ReplayWorkload.Run),
    new(
        "explanations",
        "what it costs that incidents say which views fail: the same views with their circumstances and without",
        ExplanationsWorkload.Options,
        ExplanationsWorkload.Run),
    new("memory", "bytes for a live title", MemoryWorkload.Options, MemoryWorkload.Run),
    new("kafka", "a topic to incidents, with checkpoints: against a bare consumer, and Flink", KafkaWorkload.Options, KafkaWorkload.Run),
    new("catchup", "a backlog in Kafka: event time a second, and views open at once", CatchUpWorkload.Options, CatchUpWorkload.Run),
    new(
        "partitions",
        "many partitions by property in one process: connections, threads and memory",
        PartitionsWorkload.Options,
        PartitionsWorkload.Run),
    new(
        "commits",
        "how long commits take and stop the pipeline, with many titles of which some change",
        CommitsWorkload.Options,
        CommitsWorkload.Run),
    new(
        "circumstances",
        "what the circumstances of views add to a commit, with many active properties",
        CircumstancesWorkload.Options,
        CircumstancesWorkload.Run),
    new("dumps", "what a dump of error rates costs a pipeline at full speed", DumpsWorkload.Options, DumpsWorkload.Run),
    new("restore", "how long a new process takes to restore many titles", RestoreWorkload.Options, RestoreWorkload.Run),
    new("slow-store", "memory that is used where most titles are new and Redis is slow", SlowStoreWorkload.Options, SlowStoreWorkload.Run),
    new(
        "latency",
        "from the record that completes the evidence to the receiver of the change",
        LatencyWorkload.Options,
        LatencyWorkload.Run),
    new(
        "channels",
        "what a channel that hangs or fails costs the pipeline and the other channels",
        ChannelsWorkload.Options,
        ChannelsWorkload.Run),
    new("silences", "what many silences cost beside many open incidents", SilencesWorkload.Options, SilencesWorkload.Run),
    new("scrapes", "what it costs the service to be scraped each second", ScrapesWorkload.Options, ScrapesWorkload.Run),
    new(
        "pages",
        "how fast pages and the API answer beside a pipeline at full speed, and what that costs it",
        PagesWorkload.Options,
        PagesWorkload.Run),
    new(
        "streams",
        "how long a change takes to many open streams of events, and what they cost",
        StreamsWorkload.Options,
        StreamsWorkload.Run),
    new("operators", "BenchmarkDotNet on single operators and functions", OperatorsWorkload.Options, OperatorsWorkload.Run),
];

// What a workload measures in a process of its own, by the name under which it starts that process.
Dictionary<string, Action<Arguments>> children = new()
{
    ["keyed-panes"] = KeyedPanes.Run,
    ["keyed-dictionary"] = KeyedDictionary.Run,
    ["naive-pipeline"] = NaivePipeline.Run,
    ["naive-rx"] = NaiveRx.Run,
    ["replay-pipeline"] = ReplayPipeline.Run,
    ["replay-json-pass"] = ReplayJsonPass.Run,
    ["replay-generate"] = ReplayFiles.Generate,
    ["explanations-replay"] = ExplainedReplay.Run,
    ["memory-titles"] = MemoryTitles.Run,
    ["topic-fill"] = TopicFiller.Run,
    ["kafka-pipeline"] = KafkaPipeline.Run,
    ["store-fill"] = StoreFill.Run,
    ["store-commits"] = CommitsMeasure.Run,
    ["circumstances-commits"] = CircumstancesMeasure.Run,
    ["store-dumps"] = DumpsMeasure.Run,
    ["store-restore"] = RestoreMeasure.Run,
    ["store-slow"] = SlowStoreMeasure.Run,
    ["kafka-partitions"] = AssignedPipelines.Run,
    ["effects-latency"] = LatencyMeasure.Run,
    ["effects-channels"] = ChannelsMeasure.Run,
    ["control-silences"] = SilencedPipeline.Run,
    ["board-fill"] = BoardFill.Run,
    ["kafka-bare"] = BareConsumer.Run,
};

return BenchmarkCommand.Run(args, workloads, children);
