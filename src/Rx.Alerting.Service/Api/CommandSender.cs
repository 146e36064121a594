using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api;

/// <summary>What has become of a command that was sent over HTTP. One of its members is set.</summary>
internal sealed record SentCommand
{
    /// <summary>What is wrong with the message. Empty: nothing.</summary>
    public IReadOnlyList<ControlFault> Faults { get; init; } = [];

    /// <summary>The answer to a caller who may not send it.</summary>
    public IResult? Refusal { get; init; }

    /// <summary>The answer of the pipelines.</summary>
    public ControlReply? Reply { get; init; }

    /// <summary>The id of a command of which it is not known what became of it, because the service stops.</summary>
    public string? Unknown { get; init; }
}

/// <summary>
/// The one way of commands over HTTP, for messages, resources and forms: understood by the same code, refused by the same rules, brought to
/// the same pipelines.
/// </summary>
internal sealed class CommandSender(ControlDispatcher dispatcher, BoardMirror board, IHostApplicationLifetime lifetime)
{
    private static readonly ControlPatience Patience = new(TimeSpan.FromSeconds(15), Keeps: false);

    /// <param name="context">The request of the caller.</param>
    /// <param name="message">The control message.</param>
    /// <param name="otherId">The id of a message that has none. Null: then it is at fault.</param>
    /// <param name="given">Members that are no part of the message, because the address or a header says them.</param>
    public async Task<SentCommand> SendAsync(
        HttpContext context,
        ReadOnlyMemory<byte> message,
        string? otherId,
        IReadOnlyDictionary<string, string>? given = null)
    {
        if (Understand(context, message, otherId, out var faults, given) is not { } request)
            return new() { Faults = faults };
        if (CommandAccess.Refuse(context, request, board) is { } refusal)
            return new() { Refusal = refusal };

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return new() { Reply = await dispatcher.ExecuteAsync(request, Patience, end.Token) };
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return new() { Unknown = request.Id };
        }
    }

    /// <summary>A command is told under the name of its caller, if that is known.</summary>
    /// <param name="context">The request of the caller.</param>
    /// <param name="message">The control message.</param>
    /// <param name="otherId">The id of a message that has none. Null: then it is at fault.</param>
    /// <param name="faults">Every fault; empty if there is none.</param>
    /// <param name="given">Members that are no part of the message.</param>
    /// <returns>Null if there is a fault.</returns>
    public ControlRequest? Understand(
        HttpContext context,
        ReadOnlyMemory<byte> message,
        string? otherId,
        out IReadOnlyList<ControlFault> faults,
        IReadOnlyDictionary<string, string>? given = null)
    {
        var caller = context.Caller();
        return ControlMessage.Parse(message, otherId, out faults, caller.IsKnown ? caller.Name : null, given, dispatcher.Bounds);
    }

    /// <summary>The answer that names every fault.</summary>
    public static IResult Wrong(IReadOnlyList<ControlFault> faults) => Problem.Of(
        ProblemKind.WrongCommand,
        faults.GroupBy(fault => fault.Member, fault => fault.Problem).ToDictionary(member => member.Key, member => member.ToArray()));
}
