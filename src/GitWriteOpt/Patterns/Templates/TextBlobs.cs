using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>The texts of blobs; the newest few are kept.</summary>
internal sealed class TextBlobs(ObjectReader objects)
{
    private const int Largest = 100_000;
    private const int MostKept = 400;
    private readonly Dictionary<ObjectId, string?> _texts = [];

    /// <summary>The text of a blob; null where it is missing, large or not text.</summary>
    /// <exception cref="Errors.StoreException">It is damaged.</exception>
    internal string? Read(ObjectId id)
    {
        if (!_texts.TryGetValue(id, out var text))
        {
            if (_texts.Count >= MostKept)
            {
                _texts.Clear();
            }

            var found = objects.TryRead(id);
            text = found is { Type: ObjectType.Blob } blob && blob.Bytes.Length <= Largest
                && !blob.Bytes.AsSpan().Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(blob.Bytes)
                ? Encoding.UTF8.GetString(blob.Bytes) : null;
            _texts.Add(id, text);
        }

        return text;
    }
}
