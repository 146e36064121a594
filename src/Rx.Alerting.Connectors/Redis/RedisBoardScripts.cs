namespace Rx.Alerting.Connectors.Redis;

/// <summary>Scripts for the board, each one step. Their keys: the parts, one part, the changes.</summary>
internal static class RedisBoardScripts
{
    /// <summary>
    /// Removes incidents, and writes others unless there is a later state. Answers the epoch that has the part. Nothing changes if this is
    /// another epoch.
    /// </summary>
    /// <remarks>Arguments: the pipeline, the epoch, for each incident its id and its value. An empty value removes.</remarks>
    public const string Post = Functions + """
        local epoch = redis.call('HGET', KEYS[1], ARGV[1])
        if not epoch or redis.call('HEXISTS', KEYS[2], '') == 0 then return '0' end
        if epoch ~= ARGV[2] then return epoch end
        local function time(value) return tonumber(string.match(value, '^%-?%d+') or 0) end
        for i = 3, #ARGV, 2 do
          local old, new = redis.call('HGET', KEYS[2], ARGV[i]), ARGV[i + 1]
          if not old or new == '' or time(old) <= time(new) then put(ARGV[i], old, new) end
        end
        return epoch
        """;

    /// <summary>Gives a part to an epoch. Arguments: the pipeline, the epoch, the name of the replacement, if one begins.</summary>
    /// <remarks>
    /// A part that is new, or gets another epoch, leaves a change without an id, so that readers read everything. They may have incidents
    /// of an earlier part of this name, which was lost. And an owner notices that an earlier owner, who was asleep, has taken its part.
    /// </remarks>
    public const string Begin = Functions + """
        if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] or redis.call('HEXISTS', KEYS[2], '') == 0 then tell() end
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('HSET', KEYS[2], '', ARGV[3])
        return 1
        """;

    /// <summary>Writes and removes incidents of a replacement. Answers 0 if another replacement has begun since.</summary>
    /// <remarks>
    /// Arguments: the pipeline, the name of the replacement, for each incident its id and its value. An empty value removes.
    /// </remarks>
    public const string Replace = Functions + """
        if redis.call('HGET', KEYS[2], '') ~= ARGV[2] then return 0 end
        for i = 3, #ARGV, 2 do
          put(ARGV[i], redis.call('HGET', KEYS[2], ARGV[i]), ARGV[i + 1])
        end
        return 1
        """;

    /// <summary>Gives ids of a part, without the values. Arguments: a cursor, how many. Answers the next cursor, then the ids.</summary>
    public const string Ids = """
        local answer = redis.call('HSCAN', KEYS[2], ARGV[1], 'COUNT', ARGV[2])
        local ids = { answer[1] }
        for i = 1, #answer[2], 2 do
          if answer[2][i] ~= '' then ids[#ids + 1] = answer[2][i] end
        end
        return ids
        """;

    // The server cuts whole blocks, so it keeps a few more changes than 10,000. A reader that is further behind reads everything.
    private const string Functions = """
        local function tell(...)
          redis.call('XADD', KEYS[3], 'MAXLEN', '~', 10000, '*', 'p', ARGV[1], ...)
        end
        local function put(id, old, new)
          if new == '' then
            if redis.call('HDEL', KEYS[2], id) == 1 then tell('i', id) end
          elseif old ~= new then
            redis.call('HSET', KEYS[2], id, new)
            tell('i', id)
          end
        end

        """;
}
