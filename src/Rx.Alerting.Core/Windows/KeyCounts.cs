namespace Rx.Alerting.Core.Windows;

/// <summary>How many keys have come with how many views, since the windows were made or loaded. Not part of the state.</summary>
/// <param name="Views">Views of all panes that were taken.</param>
/// <param name="NewProperties">Properties that were not known, or could not be kept.</param>
/// <param name="NewTitles">Titles that were not known.</param>
/// <param name="NewErrorTypes">Error types that were not known in their property, or could not be told apart.</param>
internal record struct KeyCounts(long Views, long NewProperties, long NewTitles, long NewErrorTypes);
