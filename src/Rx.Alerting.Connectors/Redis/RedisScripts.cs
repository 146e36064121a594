namespace Rx.Alerting.Connectors.Redis;

/// <summary>Scripts that the server runs, each as one step: to change the owner, and to begin and end a commit.</summary>
/// <remarks>
/// <para>
/// A commit is one MULTI/EXEC: <see cref="Begin"/>, ordinary commands that write, <see cref="Seal"/>. Nobody sees anything in between. But
/// the library sends MULTI, the commands and EXEC in one go. If the server refuses MULTI alone, every command takes effect, or is refused,
/// by itself. So:
/// </para>
/// <list type="number">
/// <item>The head says that a commit is being written. Nobody restores from such a head.</item>
/// <item>Every part of the commit leaves a mark in the hash that it writes.</item>
/// <item><see cref="Seal"/> comes last. Only if it finds all marks does it write the commit's number into the head.</item>
/// </list>
/// </remarks>
internal static class RedisScripts
{
    /// <summary>Takes a pipeline over for an owner.</summary>
    /// <remarks>
    /// Keys: the head, then all hashes. Arguments: owner, format. Cases:
    /// <list type="bullet">
    /// <item>The head has another format, or the same owner: nothing changes. Answers the head.</item>
    /// <item>There is no head, though there are hashes: answers only how many.</item>
    /// <item>Otherwise: the epoch rises, and the owner changes. Answers the head.</item>
    /// </list>
    /// </remarks>
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

    /// <summary>Removes the entries of a pipeline, if there is one.</summary>
    /// <remarks>
    /// Keys: the head, then all hashes. Argument: the format. If the server refuses a command half way, entries are gone, and the head
    /// shows that.
    /// </remarks>
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
    /// Begins a commit. Notes in the head if the hashes do not hold the entries that the latest commit left in them, or if an earlier
    /// attempt left a part.
    /// </summary>
    /// <remarks>
    /// Keys: the head, then all hashes. Arguments: the attempt; whether the commit replaces everything; for each section its name, and how
    /// many hashes it has.
    /// </remarks>
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

    /// <summary>Removes entries. Key: a hash. Arguments: the mark's field, the attempt, and the fields to remove.</summary>
    public const string Remove = """
        redis.call('HDEL', KEYS[1], unpack(ARGV, 3))
        return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        """;

    /// <summary>Ends a commit. Answers <c>sealed</c>, or why the commit does not hold.</summary>
    /// <remarks>
    /// Keys: the head, then all hashes. Arguments: the attempt, and the commit's number and time; for each section its name, how many
    /// hashes it has, and how many parts each of these hashes got.
    /// </remarks>
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
