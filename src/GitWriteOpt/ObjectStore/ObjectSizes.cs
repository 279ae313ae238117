using System.Globalization;
using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>What objects take on disk, as git stores them: compressed, as deltas where they are.</summary>
internal static class ObjectSizes
{
    private const int AtOnce = 100_000;

    /// <summary>Bytes by id; what is missing is left out.</summary>
    /// <exception cref="Errors.StoreException">git could not be run.</exception>
    internal static Dictionary<ObjectId, long> Of(RepositoryLayout layout, IEnumerable<ObjectId> ids)
    {
        var sizes = new Dictionary<ObjectId, long>();
        var git = new GitProcess(layout) { Filters = [] };
        foreach (var some in ids.Chunk(AtOnce))
        {
            var answer = git.Run(["cat-file", "--buffer", "--batch-check=%(objectname) %(objectsize:disk)"],
                Encoding.ASCII.GetBytes(string.Concat(some.Select(id => id + "\n"))));
            foreach (var line in answer.Text.Split('\n'))
            {
                var words = line.Split(' ');
                if (words.Length == 2 && ObjectId.TryParse(words[0], out var id)
                    && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
                {
                    sizes[id] = size;
                }
            }
        }

        return sizes;
    }
}
