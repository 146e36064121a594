using System.Globalization;
using DuckDB.NET.Data;

namespace Rx.Alerting.Connectors.Tests.Dumps;

/// <summary>Counts views anew, by DuckDB over the files that were read, and compares a dump of error rates with that.</summary>
/// <param name="Keys">Rows that were compared.</param>
/// <param name="Windows">Rows whose window holds all views of their key, so that its errors could be compared, too.</param>
/// <param name="Differences">Rows that differ, or are on one side only.</param>
/// <param name="Views">Views in the files.</param>
/// <param name="Errors">Failed views in the files.</param>
internal sealed record Recount(long Keys, long Windows, long Differences, long Views, long Errors)
{
    private const string Columns =
        "{property_id: 'VARCHAR', view_end: 'TIMESTAMP', video_id: 'VARCHAR', video_title: 'VARCHAR', video_startup_failure: 'BOOLEAN', "
        + "playback_failure_error_type_id: 'VARCHAR', playback_business_exception_error_type_id: 'VARCHAR', "
        + "video_startup_business_exception_error_type_id: 'VARCHAR'}";

    /// <param name="files">JSON lines, cut off at the positions of the dump.</param>
    /// <param name="rows">The rows of the dump.</param>
    /// <param name="watermark">Of the dump.</param>
    public static Recount Of(IEnumerable<string> files, string rows, DateTimeOffset watermark)
    {
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        using var command = duck.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TABLE views AS
            SELECT property_id AS property, coalesce(video_id, video_title) AS title, epoch_ms(view_end) AS ms,
                CASE
                    WHEN playback_failure_error_type_id IS NOT NULL THEN playback_failure_error_type_id
                    WHEN playback_business_exception_error_type_id IS NOT NULL THEN NULL
                    WHEN video_startup_business_exception_error_type_id IS NOT NULL THEN NULL
                    WHEN video_startup_failure THEN 'video_startup_failure'
                END AS type
            FROM read_json([{string.Join(", ", files.Select(file => $"'{file}'"))}], format = 'newline_delimited', columns = {Columns});

            WITH decided AS (SELECT * FROM views WHERE (ms // 1000 + 1) * 1000 <= {watermark.ToUnixTimeMilliseconds() + 1}),
            keys AS (SELECT property, title, type FROM decided UNION ALL SELECT property, NULL, type FROM decided),
            totals AS (SELECT property, title, count(*) AS n FROM keys GROUP BY ALL),
            types AS (SELECT property, title, type, count(*) AS k FROM keys WHERE type IS NOT NULL GROUP BY ALL),
            recount AS (
                SELECT totals.property, totals.title, types.type, n, coalesce(k, 0) AS k
                FROM totals LEFT JOIN types ON totals.property = types.property AND totals.title IS NOT DISTINCT FROM types.title),
            dump AS (SELECT * FROM read_json('{rows}', format = 'newline_delimited', columns = {"{"}property: 'VARCHAR', title: 'VARCHAR',
                error_type: 'VARCHAR', views: 'BIGINT', errors: 'BIGINT', total_views: 'BIGINT'{"}"}))
            SELECT
                count(*),
                count(*) FILTER (views = total_views),
                count(*) FILTER (dump.property IS NULL OR recount.property IS NULL OR total_views <> n
                    OR (views = total_views AND errors <> k)),
                (SELECT count(*) FROM views),
                (SELECT count(type) FROM views)
            FROM dump FULL JOIN recount ON dump.property = recount.property
                AND dump.title IS NOT DISTINCT FROM recount.title AND dump.error_type IS NOT DISTINCT FROM recount.type;
            """);
        using var reader = command.ExecuteReader();
        do
        {
            if (reader.FieldCount == 5 && reader.Read())
                return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
        }
        while (reader.NextResult());
        throw new InvalidOperationException("DuckDB has given no counts.");
    }
}
