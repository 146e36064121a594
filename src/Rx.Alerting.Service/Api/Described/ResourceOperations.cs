using System.Text.Json.Nodes;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>What operations have in common that are commands.</summary>
internal static class ResourceOperations
{
    public static readonly RequestMember Note = new("note", "What you want to say.");

    public static readonly RequestMember[] Common =
    [
        new("id", "The id of the command; a new one if it is missing. Sent again with it, the command does nothing twice."),
        new("by", "Who decides. It is needed where the caller shows no token, and else it says nothing."),
    ];

    public static readonly QueryParameter Key = new(CommandBody.KeyHeader, "In place of `id` in the body.", "\"7f3c\"")
    {
        IsHeader = true,
    };

    /// <param name="id">The name of the operation.</param>
    /// <param name="tag">The group in which it is shown.</param>
    /// <param name="summary">One line.</param>
    /// <param name="request">An example of the body.</param>
    /// <param name="members">The members of the body, besides those that all have.</param>
    /// <param name="problems">What can go wrong, besides what can at all of them.</param>
    /// <param name="type">Of the command.</param>
    public static Operation Command(
        string id,
        string tag,
        string summary,
        JsonObject request,
        RequestMember[] members,
        ProblemKind[] problems,
        string type = "acknowledge") => new(id, tag, summary)
        {
            Description = $"The command `{type}`, by the way of all commands. The answer comes when a commit has its effect.",
            Parameters = [Key],
            Request = request,
            Members = [.. members, .. Common],
            Answer = Operations.Example(ApiExamples.Reply with { Type = type }, ControlJson.Readable.ControlReply),
            Problems =
            [
                ProblemKind.WrongCommand, ProblemKind.WrongParameters, ProblemKind.OtherSite, .. problems, ProblemKind.Refused,
                ProblemKind.TooLarge, ProblemKind.WrongContent, ProblemKind.NoPipeline, ProblemKind.Unconfirmed,
            ],
        };
}
