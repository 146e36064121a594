using System.Reflection;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Tests.Architecture;

/// <summary>References go Service → Connectors → Core, never back. Core knows no broker, store or host.</summary>
public sealed class ReferenceTests
{
    private static readonly string[] OfTheFramework = ["System", "netstandard", "mscorlib"];

    [Fact]
    public void Core_References_NothingButTheFrameworkRxAndCron()
    {
        var foreign = ReferencesOf(typeof(DetectionPipeline).Assembly)
            .Where(name => !OfTheFramework.Contains(name.Split('.')[0], StringComparer.Ordinal));

        Assert.Equal(["Cronos"], foreign);
    }

    [Fact]
    public void Connectors_References_CoreButNeitherServiceNorAspNet()
    {
        var references = ReferencesOf(Assembly.Load("Rx.Alerting.Connectors"));

        Assert.DoesNotContain("rx-alerting", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void KinesisClient_References_NothingButTheFrameworkAndTheCoreOfTheSdk()
    {
        var foreign = ReferencesOf(Assembly.Load("Rx.Alerting.Kinesis.Client"))
            .Where(name => !OfTheFramework.Contains(name.Split('.')[0], StringComparer.Ordinal));

        Assert.Equal(["AWSSDK.Core"], foreign);
    }

    private static string[] ReferencesOf(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies().Select(reference => reference.Name!)];
}
