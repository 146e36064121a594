using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Client;

/// <summary>A command that asks the API for results, and shows them as a table, or as the service has written them.</summary>
/// <param name="Name">Of the command.</param>
/// <param name="Description">For help.</param>
/// <param name="Path">The address. <c>{id}</c> in it is an argument.</param>
/// <param name="Examples">For help.</param>
internal sealed record ApiQuestion(string Name, string Description, string Path, string Examples)
{
    private const string Id = "{id}";

    private static readonly (string Parameter, string Option, string HelpName, string Description)[] Pages =
    [
        ("limit", "--limit", "N", "Results of a page, 1 to 100; 25 if not given."),
        ("page", "--page", "N", "Which page, from 1."),
    ];

    /// <summary>The columns of the table.</summary>
    public IReadOnlyList<ApiColumn> Columns { get; init; } = [];

    /// <summary>Shows one result that is no table. Null: there is a table.</summary>
    public Action<JsonElement, CommandHost>? Show { get; init; }

    /// <summary>
    /// What may be asked: parameters of the address, and their options on the command line. The service knows what is right.
    /// </summary>
    public IReadOnlyList<(string Parameter, string Option, string HelpName, string Description)> Filters { get; init; } = [];

    public bool HasPages { get; init; } = true;

    /// <summary>How the argument in the address is called in help.</summary>
    public string Subject { get; init; } = "INCIDENT";

    public CommandWithExamples Create(CommandHost host)
    {
        var command = new Command(Name, Description);
        AddTo(command, host);
        return new CommandWithExamples(command, $"Examples:{Environment.NewLine}{Examples}");
    }

    /// <summary>Has a command ask this, too.</summary>
    public void AddTo(Command command, CommandHost host)
    {
        var subject = new Argument<string>(Subject) { Description = "Its id, as lists show it." };
        if (Path.Contains(Id, StringComparison.Ordinal))
            command.Add(subject);
        List<(string Parameter, Option<string[]> Option)> options =
        [
            .. Filters.Concat(HasPages ? Pages : []).Select(one => (one.Parameter, new Option<string[]>(one.Option)
            {
                HelpName = one.HelpName, Description = one.Description,
            })),
        ];
        foreach (var (_, option) in options)
            command.Add(option);
        var json = new Option<bool>("--json") { Description = "Write what the service answers, as JSON." };
        var api = new ApiArguments();
        foreach (var option in (Option[])[json, api.Url, api.TokenFile])
            command.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            var query = options.SelectMany(one => parsed.GetValue(one.Option) ?? [], (one, value) =>
                $"{one.Parameter}={Uri.EscapeDataString(value)}").ToList();
            var path = Path.Contains(Id, StringComparison.Ordinal)
                ? Path.Replace(Id, Uri.EscapeDataString(parsed.GetRequiredValue(subject)), StringComparison.Ordinal) : Path;
            var client = new ApiClient(parsed.GetRequiredValue(api.Url), api.Token(parsed, host))
            {
                NameOf = parameter => options.Find(one => one.Parameter == parameter).Option?.Name ?? parameter,
            };
            var body = await client.GetAsync(query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", stop);
            Write(client, body, parsed.GetValue(json), host);
            return ExitCode.Success;
        });
    }

    private void Write(ApiClient client, byte[] body, bool isJson, CommandHost host)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
        }
        catch (JsonException broken)
        {
            throw client.Foreign(200, broken);
        }

        var data = ApiColumn.Find(root, "data");
        if (data.ValueKind != (Show is null ? JsonValueKind.Array : JsonValueKind.Object))
            throw client.Foreign(200);
        if (isJson)
        {
            host.Output.WriteLine(Encoding.UTF8.GetString(body));
            return;
        }

        if (Show is not null)
            Show(data, host);
        else
            WriteTable(data, root, host);
        if (ApiColumn.Plain(ApiColumn.Find(root, "notice")) is { } notice)
            host.Error.WriteLine($"rx-alerting: {Core.Incidents.IncidentWords.Printable(notice)}");
    }

    private void WriteTable(JsonElement data, JsonElement root, CommandHost host)
    {
        var shown = data.GetArrayLength();
        var total = ApiColumn.Find(root, "total_row_count") is { ValueKind: JsonValueKind.Number } count
            && count.TryGetInt64(out var all) ? all : shown;
        if (shown == 0)
        {
            host.Output.WriteLine(total == 0 ? "There is nothing." : $"There is nothing on this page. In all, there are {total}.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in Columns)
            table.AddColumn(column.Name, head => head.Alignment = column.IsNumber ? Justify.Right : Justify.Left);
        foreach (var one in data.EnumerateArray())
            table.AddRow(Columns.Select(column => new Text(column.Cell(one))));
        Screen.ForOutput(host).Console.Write(table);
        if (total > shown)
        {
            host.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{shown} of {total:N0}. --limit and --page show others."));
        }
    }
}
