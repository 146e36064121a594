using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;

namespace Rx.Alerting.Service.Access;

/// <summary>Registers what protects what browsers keep for the service: the tokens of forms, and logins.</summary>
internal static class ProtectionServices
{
    /// <summary>Tells what is protected here from what others protect by the same keys. Must stay the same.</summary>
    private const string Application = "rx-alerting";

    /// <summary>Call it after everything that protects something.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="settings">Valid.</param>
    public static IServiceCollection AddProtection(this IServiceCollection services, Settings settings)
    {
        services.AddDataProtection().SetApplicationName(Application);
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((options, keys) => options.XmlRepository = keys);
        services.AddSingleton(host => new ProtectionKeys(
            Boards.Open(settings, BoardKind.ProtectionKeys, mayMake: false),
            host.GetRequiredService<TimeProvider>(),
            host.GetRequiredService<ILogger<ProtectionKeys>>()));

        // It would read the keys at the start, and a store that does not answer would hold up the start.
        foreach (var early in services.Where(IsEarly).ToList())
            services.Remove(early);
        return services;
    }

    private static bool IsEarly(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && service is { IsKeyedService: false, ImplementationType: { } type }
        && type.Assembly == typeof(KeyManagementOptions).Assembly;
}
