using System.Text;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>What is known of the fields of Mux's records by their names.</summary>
public static class MuxFields
{
    /// <summary>Whether a field says that, or how, a view failed. By such a field, every failure would explain itself.</summary>
    public static bool SaysFailure(string name) =>
        MuxJsonNames.Find(Encoding.UTF8.GetBytes(name)) is >= MuxField.ErrorType and <= MuxField.StartupFailure;
}
