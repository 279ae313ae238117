namespace GitWriteOpt.ObjectStore;

/// <summary>An object as it was read.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Bytes">Its bytes, without header.</param>
public readonly record struct StoredObject(ObjectType Type, byte[] Bytes);
