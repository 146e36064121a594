using System.Globalization;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Spectre.Console;

namespace Rx.Alerting.Service.Explain;

/// <summary>The answer for people: what it is in a sentence, how far that is to be trusted, then the slices.</summary>
internal static class ExplainedText
{
    /// <summary>A terminal of at least this width shows all columns.</summary>
    private const int FullWidth = 100;

    public static void Write(IAnsiConsole console, Explained explained, string errorTypes)
    {
        console.Write(new Text(Sentence(explained) + Environment.NewLine, Style.Parse("bold")));
        console.WriteLine(Trust(explained));
        console.WriteLine();
        console.WriteLine(Interval(explained));
        if (explained.ErrorType is null && explained.AffectedViews > 0)
            console.WriteLine($"failed with: {errorTypes}");
        foreach (var note in explained.Notes)
            console.WriteLine(note);
        if (explained.Explanations.Count > 0)
            console.Write(Table(explained.Explanations, console.Profile.Width));
    }

    private static string Sentence(Explained explained)
    {
        if (explained.AffectedViews == 0)
            return "No view failed.";
        if (explained.ExplainedBy == ExplainedBy.None)
            return "No slice stands out.";
        return IncidentWords.Explained(explained.Explanations[0]);
    }

    private static string Trust(Explained explained) => explained.ExplainedBy switch
    {
        ExplainedBy.Cause => "cause: it leads clearly.",
        ExplainedBy.OneOf => "one of: others below explain the failures nearly as well.",
        _ when explained.AffectedViews == 0 => "There is nothing to explain.",
        _ => "None has half of the excess and clearly more failures than the rest, or there are too few to tell.",
    };

    private static string Interval(Explained explained)
    {
        var of = explained.PropertyId is { } property ? $"property {IncidentWords.Printable(property)}" : "all properties";
        var type = explained.ErrorType is { } error ? $"error type {IncidentWords.Printable(error)}" : "all error types";
        var rate = IncidentWords.Percent((double)explained.AffectedViews / explained.Views);
        var normal = explained.NormalRate is { } normally
            ? $", {IncidentWords.Percent(normally)} of {IncidentWords.Views(explained.ViewsBefore)} before"
            : string.Empty;
        return $"{of}, {type}, {IncidentWords.Time(explained.From)} to {IncidentWords.Time(explained.To)} UTC: "
            + $"{IncidentWords.Count(explained.AffectedViews)} of {IncidentWords.Views(explained.Views)} failed, {rate}{normal}";
    }

    private static Table Table(IReadOnlyList<Explanation> explanations, int width)
    {
        var isWide = width >= FullWidth;
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("slice", column => column.Padding = Padding(column.Padding));
        foreach (var name in (string[])["share", "rate", "normal", "lift", "views", "affected"])
        {
            table.AddColumn(name, column =>
            {
                column.NoWrap = true;
                column.Alignment = Justify.Right;
                column.Padding = Padding(column.Padding);
            });
        }

        foreach (var one in explanations)
        {
            table.AddRow(
                new Text(IncidentWords.Slice(one)),
                new Text(WholePercent(one.Share)),
                new Text(IncidentWords.Percent(one.ErrorRate)),
                new Text(IncidentWords.Percent(one.NormalRate)),
                new Text($"{IncidentWords.Times(one.Lift)} ×"),
                new Text(IncidentWords.Count(one.Views)),
                new Text(IncidentWords.Count(one.AffectedViews)));
        }

        return table;

        Padding? Padding(Padding? usual) => isWide ? usual : new Padding(0, 0, 1, 0);
    }

    private static string WholePercent(double part) => $"{(100 * part).ToString("0", CultureInfo.InvariantCulture)} %";
}
