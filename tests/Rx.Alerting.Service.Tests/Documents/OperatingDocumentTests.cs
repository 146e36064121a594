using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Documents;

public sealed partial class OperatingDocumentTests
{
    /// <summary>The first column of the table of log messages holds the id of each message of the service.</summary>
    [Fact]
    public void OperatingDocument_LogTable_HasEveryMessageOfTheService()
    {
        var ids = typeof(RunLog).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(message => message.EventId).Order().ToList();

        var told = File.ReadLines(Repository.PathOf("docs", "operating.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .SelectMany(row => row.Groups["ids"].Value.Split(", "))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Order().ToList();

        Assert.NotEmpty(ids);
        Assert.Equal(ids, told);
    }

    /// <summary>The rule that a refusal names, but for where the lines end.</summary>
    [Fact]
    public void OperatingDocument_RedisRule_IsTheOneOfTheCode()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "operating.md"));
        var text = string.Join(' ', document.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        Assert.Contains(RedisPermissions.Rule(new RedisOptions().KeyPrefix), text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<ids>\d{4}(, \d{4})*) \| ")]
    private static partial Regex Row();
}
