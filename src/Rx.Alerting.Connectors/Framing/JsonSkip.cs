namespace Rx.Alerting.Connectors.Framing;

/// <summary>Passes over a record that is too long to be kept.</summary>
/// <remarks>
/// An object ends at the first of these: its closing brace; a line end within a string; a line that begins with an object. Any other record
/// ends at the line end.
/// </remarks>
internal sealed class JsonSkip
{
    private int depth;
    private bool began, inObject, inString, escaped, lineEnded;

    /// <inheritdoc cref="RecordFraming.Skip"/>
    internal bool Pass(ReadOnlySpan<byte> bytes, out int skipped)
    {
        for (skipped = 0; skipped < bytes.Length; skipped++)
        {
            var next = bytes[skipped];
            if (!began)
                (began, inObject) = (true, next == '{');
            if (lineEnded && next == '{')
                return End();
            lineEnded = next == '\n';
            if ((lineEnded && (inString || !inObject)) || (inObject && Closes(next)))
            {
                skipped++;
                return End();
            }
        }

        return false;
    }

    /// <summary>Whether the object ends with its next byte.</summary>
    private bool Closes(byte next)
    {
        if (inString)
        {
            inString = escaped || next != '"';
            escaped = !escaped && next == '\\';
            return false;
        }

        inString = next == '"';
        if (next is (byte)'{' or (byte)'[')
            depth++;
        return next is (byte)'}' or (byte)']' && --depth == 0;
    }

    private bool End()
    {
        (began, inString, escaped, lineEnded, depth) = (false, false, false, false, 0);
        return true;
    }
}
