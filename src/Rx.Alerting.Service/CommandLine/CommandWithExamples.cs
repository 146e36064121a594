using System.CommandLine;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>A command, and what its help shows below the options.</summary>
internal readonly record struct CommandWithExamples(Command Command, string Examples);
