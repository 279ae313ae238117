using Git = LibGit2Sharp;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Reads blobs of alternates, which our own reader does not follow, through libgit2, without starting a process. For nothing
/// else: a damaged pack index, which is the other reason why ours finds nothing, can bring libgit2, and us with it, down.
/// In a class of its own, so that the native library is loaded only when it is needed. It knows neither sha256 nor
/// reftable and refuses unknown extensions; null then, and git is asked. Trees and commits it gives only in parts.
/// </summary>
internal sealed class LibGit2Objects : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Git.Repository _repository;

    private LibGit2Objects(Git.Repository repository) => _repository = repository;

    /// <summary>Opens a repository; null where libgit2 is not right for it.</summary>
    public static LibGit2Objects? TryOpen(RepositoryLayout layout)
    {
        if (layout.ObjectFormat != ObjectFormat.Sha1 || !layout.RefsAreFiles
            || layout.ObjectsDirectory != layout.CommonDirectory + "/objects"
            || !File.Exists(layout.ObjectsDirectory + "/info/alternates"))
        {
            return null;
        }

        try
        {
            return new LibGit2Objects(new Git.Repository(layout.CommonDirectory));
        }
        catch (Exception cause) when (cause is Git.LibGit2SharpException or DllNotFoundException
            or TypeInitializationException)
        {
            return null;
        }
    }

    /// <summary>A blob; null where libgit2 does not find it, it is something else, or it does not read well.</summary>
    public StoredObject? TryRead(ObjectId id)
    {
        try
        {
            lock (_gate)
            {
                if (_repository.Lookup(new Git.ObjectId(id.ToString())) is not Git.Blob blob)
                {
                    return null;
                }

                using var content = blob.GetContentStream();
                var bytes = new byte[blob.Size];
                content.ReadExactly(bytes);
                return new StoredObject(ObjectType.Blob, bytes);
            }
        }
        catch (Exception cause) when (cause is Git.LibGit2SharpException or IOException)
        {
            // git has the last word, and the words to say what is wrong.
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _repository.Dispose();
}
