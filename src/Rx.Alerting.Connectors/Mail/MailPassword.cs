using System.Text;
using Rx.Alerting.Connectors.Receivers;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>The password at the server: of a file, if there is one, what the file holds now.</summary>
internal sealed class MailPassword(MailOptions options)
{
    private string latest = options.Password;

    /// <summary>Where the file cannot be read, what it held before.</summary>
    public string Read()
    {
        if (options.PasswordFile.Length == 0)
            return latest;
        try
        {
            if (File.ReadAllText(options.PasswordFile).Trim() is { Length: > 0 } text)
                latest = text;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It may be written just now. If the password is wrong, the server says so.
        }

        return latest;
    }

    /// <summary>Takes a password out of what the server says, in each form in which it is sent.</summary>
    public SecretMask MaskOf(string password) => password.Length == 0 ? new() : new(
        password, Base64(password), Base64($"\0{options.User}\0{password}"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
