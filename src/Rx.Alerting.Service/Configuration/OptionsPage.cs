using System.Text;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The page of options in Markdown: how options are set, and a table of each section.</summary>
internal static class OptionsPage
{
    private const string Beginning =
        """
        # Options

        `rx-alerting options --markdown` writes this page from the code. `rx-alerting options` shows the values that are in force.

        ## How to set an option

        An option has a value from the last of these sources that sets it:

        1. its default,
        2. a JSON file that `--config` names: `{ "Detection": { "TailProbability": 1e-7 } }`; comments and trailing commas are allowed,
        3. an environment variable: `RX_ALERTING__Detection__TailProbability=1e-7`,
        4. the command line: `--set Detection:TailProbability=1e-7`, which may be repeated.

        Options that *can be set at run time* have a value from the command [`set-options`](control.md#options-at-run-time) if somebody has
        sent one.

        Some options have a short form on the command line, such as `--lateness` and `--store`; `--help` of a command lists the short forms.
        Names may be written in any case.

        | value | is written |
        |---|---|
        | a span of time | `250ms`, `30s`, `2m`, `1.5h`, `7d` or `00:02:00` |
        | a list | separated by commas, `100,200,500`; in JSON also as an array. A later source replaces the whole list |
        | a time | `2026-11-25T08:00:00Z` |

        Unknown keys, values that cannot be read and values out of bounds stop the start. The messages name all of them at once. Faults that
        the .NET host finds in its own sections are told afterwards, one at a time.

        """;

    private const string End =
        """
        ## Logging and Kestrel

        The service is a .NET host. The sections that ASP.NET Core reads by itself come from the same sources, and are passed on as they
        are. The usual sources of a host, `appsettings.json` and variables such as `ASPNETCORE_URLS`, have no effect.

        | section | sets |
        |---|---|
        | `Logging:LogLevel` | the least level of each category of the log |
        | `Logging:Console` | the form of the log; `FormatterName` is `simple`, `json` or `systemd` |
        | `Kestrel:Certificates` | the certificate for `--listen https://…`, and for endpoints without one of their own |
        | `Kestrel:Endpoints` | several addresses, in place of `--listen` |
        | `Kestrel:Limits` | limits on requests and connections |
        | `AllowedHosts` | host names that requests may ask for, separated by semicolons |

        ```sh
        rx-alerting run --set Logging:LogLevel:Default=Warning
        rx-alerting run --listen https://0.0.0.0:8443 --set Access:Anonymous=none \
          --set Kestrel:Certificates:Default:Path=cert.pem --set Kestrel:Certificates:Default:KeyPath=key.pem
        ```

        - Unless they are set, levels are `Information`, and `Error` for `Microsoft`. The log goes to the error output.
        - Paths of certificates are relative to the current folder.
        - Values are written as .NET writes them: a span of time is `00:00:30`.
        - Names within these sections are not checked: the host passes over a name that it does not know.
        - `Http:MaximumConnections` bounds the connections, whatever `Kestrel:Limits` says.
        - A value or certificate that the host refuses stops the start.

        ASP.NET Core's documentation describes [logging](https://learn.microsoft.com/aspnet/core/fundamentals/logging/) and
        [Kestrel](https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints).
        """;

    public static string Markdown()
    {
        var page = new StringBuilder(Beginning);
        foreach (var section in OptionCatalogue.All.GroupBy(entry => entry.Section))
        {
            var of = section.First() is { Kind: { } kind } ? $", kind {kind}" : string.Empty;
            page.Append($"\n## {section.First().SectionName}{of}\n\n{XmlDocumentation.SummaryOf(section.Key)}\n\n");
            page.Append("| option | default | bounds | meaning |\n|---|---|---|---|\n");
            foreach (var entry in section)
                page.Append($"| `{entry.Key}` | {entry.Default} | {entry.Bounds} | {entry.Meaning} |\n");
        }

        return page.Append('\n').Append(End).ToString();
    }
}
