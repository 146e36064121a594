using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rx.Alerting.Testing.Servers;

/// <summary>An authority made for one test, and a certificate of it for 127.0.0.1, as files in PEM.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rx-alerting-tls-").FullName;

    public TestAuthority()
    {
        var (from, to) = (DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(100));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest($"CN=Test authority {Guid.NewGuid():n}", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, to, Guid.NewGuid().ToByteArray());

        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(KeyAndCertificateFile, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
    }

    public string AuthorityFile => Path.Combine(folder, "authority.pem");

    public string CertificateFile => Path.Combine(folder, "certificate.pem");

    public string KeyFile => Path.Combine(folder, "key.pem");

    public string KeyAndCertificateFile => Path.Combine(folder, "both.pem");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
