using System.Text;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Tests.CommandLine;

/// <summary>The run of a command inside the test process: its exit code and its output.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> OfAsync(params string[] arguments) => OfAsync(new Dictionary<string, string>(), arguments);

    public static Task<CommandRun> OfAsync(Dictionary<string, string> environment, params string[] arguments) =>
        OfAsync(environment, TestContext.Current.CancellationToken, arguments);

    public static async Task<CommandRun> OfAsync(Dictionary<string, string> environment, CancellationToken stop, params string[] arguments)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var bytes = new MemoryStream();
        var code = await RxAlertingCommand.RunAsync(arguments, new CommandHost
        {
            Output = output,
            Error = error,
            OpenOutput = () => bytes,
            Environment = environment,
            Stop = stop,
        });
        return new CommandRun(code, output + Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }

    public void Expect(int exitCode) => Assert.True(ExitCode == exitCode, $"exit code {ExitCode}\n{Error}\n{Output}");

    /// <summary>Asserts that the message tells what is wrong, without a stack trace.</summary>
    public void ExpectNoStackTrace()
    {
        Assert.DoesNotContain("   at ", Error + Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error + Output, StringComparison.Ordinal);
    }
}
