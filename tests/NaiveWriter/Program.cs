using System.Text.Json;

// The naive writer: the same batch, no plan, no backup, no check, no way back. Writes into the current directory.
using var batch = JsonDocument.Parse(File.ReadAllBytes(args[0]));
foreach (var operation in batch.RootElement.GetProperty("operations").EnumerateArray())
{
    File.WriteAllBytes(operation.GetProperty("path").GetString()!,
        System.Text.Encoding.UTF8.GetBytes(operation.GetProperty("content").GetString()!));
}
