using System.Net;
using System.Net.Sockets;

namespace Rx.Alerting.Service.Access;

/// <summary>
/// Counts what was shown in vain, by address. An address with too many failures is told to wait. What is right is still taken from there:
/// a token cannot be guessed, and others may be behind the same address. Thread-safe.
/// </summary>
internal sealed class AuthenticationFailures(TimeProvider clock)
{
    /// <summary>Failures of an address within <see cref="Span"/> that are answered with 401.</summary>
    public const int Most = 10;

    public static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    /// <summary>Addresses that are remembered. An attacker may have more, and each is only one more line in the log.</summary>
    private const int MostAddresses = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, (int Failures, long Since)> byAddress = [];

    /// <summary>Counts a failure.</summary>
    /// <returns>How many failures the address has, this one included, and how long it should wait.</returns>
    public (int Failures, TimeSpan? Wait) Add(IPAddress? address)
    {
        var (key, now) = (Network(address ?? IPAddress.None), clock.GetTimestamp());
        lock (gate)
        {
            var known = byAddress.TryGetValue(key, out var counted) && clock.GetElapsedTime(counted.Since, now) < Span;
            if (!known && byAddress.Count >= MostAddresses)
                Forget(now);
            counted = known ? (counted.Failures + 1, counted.Since) : (1, now);
            byAddress[key] = counted;
            return (counted.Failures, counted.Failures > Most ? Span - clock.GetElapsedTime(counted.Since, now) : null);
        }
    }

    private void Forget(long now)
    {
        foreach (var (key, counted) in byAddress)
        {
            if (clock.GetElapsedTime(counted.Since, now) >= Span)
                byAddress.Remove(key);
        }

        if (byAddress.Count >= MostAddresses)
            byAddress.Clear();
    }

    /// <summary>Of IPv6, the network of 64 bits: that is what one machine is given.</summary>
    public static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
