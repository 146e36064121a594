using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.Tests.Mail;

public sealed class MailOptionsTests
{
    private static readonly MailOptions Valid = new() { Host = "smtp.example.com", From = "a@example.com", To = ["b@example.com"] };

    [Theory]
    [InlineData("alerting@example.com")]
    [InlineData("Alerting <alerting@example.com>")]
    [InlineData("Störung <störung@exämple.com>")]
    public void Validate_Address_HasNoFault(string from) =>
        Assert.Empty(OptionFaults.Of(Valid with { From = from, To = [from, "b@[192.0.2.1]"], Cc = [from] }));

    [Fact]
    public void Validate_Nothing_NamesWhatMustBeSet() => Assert.Equal(
        [
            "Channels:NAME:Host must be a name such as smtp.example.com",
            "Channels:NAME:From must be an e-mail address such as alerting@example.com",
            "Channels:NAME:To must have at least an e-mail address such as alerting@example.com",
        ],
        OptionFaults.Of(new MailOptions()));

    [Theory]
    [InlineData("alerting")]
    [InlineData("alerting@")]
    [InlineData("@example.com")]
    [InlineData("a@example.com\r\nBcc: eve@example.com")]
    [InlineData("a@example.com, eve@example.com")]
    public void Validate_NoAddress_IsAFault(string address) => Assert.Equal(
        [
            "Channels:NAME:From must be an e-mail address such as alerting@example.com",
            "Channels:NAME:To must each be an e-mail address such as alerting@example.com",
            "Channels:NAME:Cc must each be an e-mail address such as alerting@example.com",
        ],
        OptionFaults.Of(Valid with { From = address, To = ["b@example.com", address], Cc = [address] }));

    [Theory]
    [InlineData("smtp.example.com", "", false, "must not be none for another machine without AllowUnencrypted")]
    [InlineData("192.0.2.1", "", false, "must not be none for another machine without AllowUnencrypted")]
    [InlineData("smtp.example.com", "", true, null)]
    [InlineData("smtp.example.com", "u", true, "must not be none with User: everybody on the way can read the password")]
    [InlineData("localhost", "u", false, null)]
    [InlineData("127.0.0.1", "", false, null)]
    [InlineData("::1", "", false, null)]
    public void Validate_NoSecurity_IsForThisMachineOrIfItIsSaid(string host, string user, bool isAllowed, string? fault) => Assert.Equal(
        fault is null ? [] : [$"Channels:NAME:Security {fault}"],
        OptionFaults.Of(
            Valid with { Host = host, Security = MailSecurity.None, User = user, Password = user, AllowUnencrypted = isAllowed }));

    [Theory]
    [InlineData("u", "")]
    [InlineData("", "p")]
    public void Validate_UserWithoutPassword_IsAFault(string user, string password) => Assert.Equal(
        ["Channels:NAME:Password must be set with User, and only with it"],
        OptionFaults.Of(Valid with { User = user, Password = password }));

    [Fact]
    public void Validate_AuthorityThatIsNotThere_IsAFault() => Assert.Equal(
        ["Channels:NAME:CertificateAuthority must name a file that is there, can be read, and holds a certificate in PEM"],
        OptionFaults.Of(Valid with { CertificateAuthority = "/nowhere.pem" }));

    [Theory]
    [InlineData(MailSecurity.Starttls, 0, 587)]
    [InlineData(MailSecurity.Tls, 0, 465)]
    [InlineData(MailSecurity.None, 0, 25)]
    [InlineData(MailSecurity.Tls, 2465, 2465)]
    public void Port_NotSet_IsTheUsualOne(MailSecurity security, int port, int effective) =>
        Assert.Equal(effective, new MailOptions { Security = security, Port = port }.EffectivePort);

    [Fact]
    public void ToString_Secrets_AreNotInIt() =>
        Assert.Equal("mail, smtp.example.com:587", (Valid with { User = "user-1", Password = "secret" }).ToString());
}
