using System.Threading.Channels;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Control;

/// <summary>
/// Brings commands to one pipeline in their order, as many at a time as the pipeline takes. The others wait here. Their number is bounded
/// by those who wait for replies.
/// </summary>
internal sealed class PipelineDesk : IDisposable
{
    private readonly string name;
    private readonly CheckpointedPipeline pipeline;
    private readonly Channel<DispatchedCommand> waiting = Channel.CreateUnbounded<DispatchedCommand>(new() { SingleReader = true });
    private readonly SemaphoreSlim places = new(CheckpointedPipeline.MaximumCommands);

    /// <param name="name">Of the pipeline.</param>
    /// <param name="pipeline">Has no other desk.</param>
    public PipelineDesk(string name, CheckpointedPipeline pipeline)
    {
        (this.name, this.pipeline) = (name, pipeline);
        _ = ServeAsync();
    }

    /// <param name="command">Has begun for this pipeline.</param>
    public void Add(DispatchedCommand command) => waiting.Writer.TryWrite(command);

    /// <summary>Nothing is added any more. What waits ends with the pipeline.</summary>
    public void Dispose() => waiting.Writer.Complete();

    private async Task ServeAsync()
    {
        await foreach (var command in waiting.Reader.ReadAllAsync())
        {
            await places.WaitAsync();
            _ = ExecuteAsync(command);
        }
    }

    private async Task ExecuteAsync(DispatchedCommand command)
    {
        PipelineReply reply;
        try
        {
            reply = await command.RunAsync(name, pipeline);
        }
        catch (CommandUnconfirmedException stopped)
        {
            reply = new PipelineReply(name, ReplyStatus.Unconfirmed, stopped.Message, null);
        }
        catch (Exception fault)
        {
            reply = new PipelineReply(name, ReplyStatus.Refused, $"a fault of this program: {fault.Message}", null);
        }

        places.Release();
        command.End(reply);
    }
}
