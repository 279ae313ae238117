using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches.SearchBlocks;

/// <summary>The lines of an input of blocks, and a place among them.</summary>
internal sealed class BlockLines
{
    private readonly List<int> _offsets = [];

    /// <summary>Stands on the first line.</summary>
    public BlockLines(BatchInput input)
    {
        Input = input;
        for (var cursor = new LineCursor(input.Body.Span); !cursor.AtEnd; cursor.Advance())
        {
            _offsets.Add(cursor.Offset);
            All.Add(Encoding.UTF8.GetString(cursor.Bare));
        }
    }

    /// <summary>What is read.</summary>
    public BatchInput Input { get; }

    /// <summary>All lines, without their ends.</summary>
    public List<string> All { get; } = [];

    /// <summary>The number of the line at hand.</summary>
    public int Next { get; set; }

    /// <summary>Whether no line is left.</summary>
    public bool AtEnd => Next >= All.Count;

    /// <summary>The line at hand.</summary>
    public string Line => All[Next];

    /// <summary>Offset of the line at hand, or of the last one at the end.</summary>
    public int Offset => _offsets.Count == 0 ? 0 : _offsets[Math.Min(Next, _offsets.Count - 1)];

    /// <summary>An error at the line at hand.</summary>
    public UsageException Fault(string message, string? suggestion = null) =>
        Input.Fault(Offset, "malformed-block", message, suggestion);

    /// <summary>Refuses a line that closes a block where none is open.</summary>
    public void RefuseStray()
    {
        if (BlockMarkers.IsReplace(Line))
        {
            throw Fault($"\"{Line.Trim()}\" closes a block, but none is open", "the line \"<<<<<<< SEARCH\" may be missing");
        }
    }
}
