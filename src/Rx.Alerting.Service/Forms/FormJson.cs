using System.Text.Json.Serialization;

namespace Rx.Alerting.Service.Forms;

/// <summary>How forms keep texts as JSON.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class FormJson : JsonSerializerContext;
