namespace Rx.Alerting.Connectors.Redis;

/// <summary>What the server does by itself, as one step: changes of the owner, and the begin and the end of a commit.</summary>
/// <remarks>
/// The writes of a commit are ordinary commands between <see cref="Begin"/> and <see cref="Seal"/>. All of them are in one MULTI/EXEC, and nobody sees
/// anything in between. But the library sends MULTI, commands and EXEC in one go: where the server refuses MULTI alone, every command takes effect by
/// itself, or is refused by itself. So every part leaves a mark in the hash that it writes, and only <see cref="Seal"/>, which comes last and finds all
/// the marks, lets the head have the commit's number. Until then the head says that a commit is being written, and nobody restores from it.
/// </remarks>
internal static class RedisScripts
{
    /// <summary>
    /// The head, then everything else of the pipeline; owner and format. Leaves a head of another format as it is, and one of the same owner; answers what the head is then. Where there is
    /// no head, though there is something else, answers only how many hashes there are.
    /// </summary>
    public const string Acquire = """
        local format = redis.call('HGET', KEYS[1], 'format')
        if not format then
          local found = 0
          for i = 2, #KEYS do found = found + math.min(1, redis.call('HLEN', KEYS[i])) end
          if found > 0 then return { 'headless', tostring(found) } end
        end
        if (not format or format == ARGV[2]) and redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
          redis.call('HINCRBY', KEYS[1], 'epoch', 1)
          redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'format', ARGV[2])
          redis.call('HSETNX', KEYS[1], 'id', '0')
        end
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>The head, then everything else of the pipeline; the format. A pipeline that is not there stays so. Refused half way, the entries are gone and the head shows it.</summary>
    public const string Reset = """
        local format = redis.call('HGET', KEYS[1], 'format')
        if format == ARGV[1] then
          for i = 2, #KEYS do redis.call('UNLINK', KEYS[i]) end
          redis.call('HDEL', KEYS[1], 'at', 'writing', 'writer', 'begun', 'missing', 'counts')
          redis.call('HINCRBY', KEYS[1], 'epoch', 1)
          redis.call('HSET', KEYS[1], 'owner', '', 'id', '0')
        end
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>
    /// The head and all hashes; the attempt, whether the commit replaces everything, and of each section its name and how many of the hashes are its. Notes in the head where the
    /// hashes do not hold what the latest commit left in them, or an earlier attempt left a part.
    /// </summary>
    public const string Begin = """
        local head, attempt, replaces = KEYS[1], ARGV[1], ARGV[2]
        local missing = redis.call('HGET', head, 'begun') and 'an attempt that the server took in part; ' or ''
        local counts, id = redis.call('HGET', head, 'counts'), redis.call('HGET', head, 'id')
        local known = {}
        if counts and string.match(counts, '^%d+') == id then
          for name, count in string.gmatch(counts, '(%w+)=(%d+)') do known[name] = tonumber(count) end
        else
          counts = nil
        end
        local key = 1
        for i = 3, #ARGV, 2 do
          local found = 0
          for _ = 1, ARGV[i + 1] do
            key = key + 1
            if replaces == '1' then redis.call('UNLINK', KEYS[key]) end
            found = found + redis.call('HLEN', KEYS[key])
          end
          local expected = known[ARGV[i]] or 0
          if counts and found ~= expected then missing = missing .. ARGV[i] .. ' ' .. found .. ' of ' .. expected .. '; ' end
        end
        redis.call('HSET', head, 'begun', attempt)
        if replaces == '1' or missing == '' then
          redis.call('HDEL', head, 'missing')
        else
          redis.call('HSET', head, 'missing', missing)
        end
        return missing
        """;

    /// <summary>A hash; the mark's field, the attempt, and the fields that go.</summary>
    public const string Remove = """
        redis.call('HDEL', KEYS[1], unpack(ARGV, 3))
        return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        """;

    /// <summary>
    /// The head and all hashes; the attempt, the commit's number and time, of each section its name and how many of the hashes are its, each followed by the number of parts that
    /// these hashes got. Answers <c>sealed</c>, or why the commit does not hold.
    /// </summary>
    public const string Seal = """
        local head, attempt, id = KEYS[1], ARGV[1], ARGV[2]
        if redis.call('HGET', head, 'writing') ~= attempt or redis.call('HGET', head, 'begun') ~= attempt then return 'its begin was refused' end
        local missing = redis.call('HGET', head, 'missing')
        if missing then return missing end
        local counts, key, arg = id, 1, 4
        while arg <= #ARGV do
          local section, hashes, found = ARGV[arg], tonumber(ARGV[arg + 1]), 0
          for i = 1, hashes do
            key = key + 1
            for part = 1, ARGV[arg + 1 + i] do
              if redis.call('HGET', KEYS[key], '#' .. part) ~= attempt then return 'a part of it was refused' end
              redis.call('HDEL', KEYS[key], '#' .. part)
            end
            found = found + redis.call('HLEN', KEYS[key])
          end
          counts = counts .. ' ' .. section .. '=' .. found
          arg = arg + 2 + hashes
        end
        redis.call('HSET', head, 'id', id, 'at', ARGV[3], 'counts', counts)
        redis.call('HDEL', head, 'writing', 'writer', 'begun')
        return 'sealed'
        """;
}
