namespace GitWriteOpt.Operations;

/// <summary>How a notebook's cell is named.</summary>
/// <param name="Id">Its id, or null. <c>cell-3</c> stands for the index 3 where no cell has that id.</param>
/// <param name="Index">Its zero-based index, or null.</param>
public sealed record CellReference(string? Id, int? Index);

/// <summary>What happens to a cell of a notebook. A closed family.</summary>
public abstract record NotebookChange
{
    private NotebookChange()
    {
    }

    /// <summary>A new source, and a new type where one is given. A code cell loses its outputs.</summary>
    public sealed record Replace(CellReference Cell, string Source, string? CellType) : NotebookChange;

    /// <summary>A new cell: after a cell named by id, at an index, or first where none is named.</summary>
    public sealed record Insert(CellReference? Where, string Source, string CellType) : NotebookChange
    {
        /// <summary>It becomes the last cell.</summary>
        public bool Last { get; init; }
    }

    /// <summary>The cell goes.</summary>
    public sealed record Delete(CellReference Cell) : NotebookChange;
}
