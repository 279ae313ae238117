namespace GitWriteOpt.Operations;

/// <summary>Bytes that a batch was read from, so that it can be read again.</summary>
/// <param name="Bytes">As they came.</param>
/// <param name="Format">The name of the format that they were read as.</param>
/// <param name="Directory">Absolute: what relative <c>"source"</c> files are relative to.</param>
/// <param name="Since">The event from which on a transcript's writes are taken; null for all, and for other formats.</param>
public sealed record BatchSource(ReadOnlyMemory<byte> Bytes, string Format, string Directory, string? Since);
