namespace GitWriteOpt.ObjectStore;

/// <summary>The modes that git records.</summary>
internal static class GitModes
{
    /// <summary>0100644, a file.</summary>
    public const int Regular = 0x81a4;

    /// <summary>0100755, an executable file.</summary>
    public const int Executable = 0x81ed;

    /// <summary>0120000, a symbolic link.</summary>
    public const int Link = 0xa000;

    /// <summary>0160000, a submodule.</summary>
    public const int Gitlink = 0xe000;

    /// <summary>Whether it is a file (0100644 or 0100755), whose content goes through conversions.</summary>
    public static bool IsFile(int mode) => (mode & 0xf000) == 0x8000;

    /// <summary>As git writes it: octal, without a leading zero.</summary>
    public static string Octal(int mode) => Convert.ToString(mode, 8);
}
