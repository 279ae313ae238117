using GitWriteOpt.Errors;
using GitWriteOpt.Platform;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Platform;

public sealed class SyncTests
{
    [Fact]
    public void Files_directories_and_the_file_system_are_synced()
    {
        using var repository = Layouts.Repository();
        var path = repository.At("a");
        using (var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            Sync.File(handle, path);
        }

        Sync.File(path);
        Sync.Directory(repository.Root);
        Should.NotThrow(() => Sync.FileSystem(repository.Root));
        Sync.FileSystem("/proc").ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_synced_is_an_error_that_names_the_path()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file that fsync refuses");
        var error = Should.Throw<StoreException>(() => Sync.File("/nonexistent/file")).Error;
        (error.Code, error.Path).ShouldBe(("not-found", "/nonexistent/file"));
        Should.Throw<StoreException>(() => Sync.Directory("/nonexistent")).Error.Code.ShouldBe("not-found");

        // .NET's own FlushToDisk stays silent here.
        using var full = File.OpenHandle("/proc/self/status");
        Should.Throw<StoreException>(() => Sync.File(full, "/proc/self/status")).Error.Code.ShouldBe("not-supported");
    }

    [Theory]
    [InlineData(28, "no-space", ErrorCategory.System)]
    [InlineData(122, "no-space", ErrorCategory.System)]
    [InlineData(13, "access-denied", ErrorCategory.Permission)]
    [InlineData(1, "access-denied", ErrorCategory.Permission)]
    [InlineData(30, "read-only-file-system", ErrorCategory.Permission)]
    [InlineData(5, "io-error", ErrorCategory.System)]
    [InlineData(24, "too-many-open-files", ErrorCategory.System)]
    [InlineData(18, "cross-device", ErrorCategory.System)]
    [InlineData(39, "directory-not-empty", ErrorCategory.Conflict)]
    [InlineData(40, "symbolic-link", ErrorCategory.Permission)]
    [InlineData(16, "busy", ErrorCategory.Conflict)]
    public void Each_errno_has_a_code_and_a_next_step(int errno, string code, ErrorCategory category)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the numbers are Linux's");
        var error = Errno.Error(errno, "write", "a/b");
        (error.Code, error.Category, error.Path).ShouldBe((code, category, "a/b"));
        error.Message.ShouldStartWith("could not write \"a/b\": ");
        error.Suggestion.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Exceptions_of_the_file_api_carry_the_same_codes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "uses Linux's devices");
        Code(() => File.ReadAllText("/nonexistent")).ShouldBe("not-found");
        Code(() => File.ReadAllText("/nonexistent/x")).ShouldBe("not-found");
        Code(() => File.WriteAllText("/dev/full", "x")).ShouldBe("no-space");
        Code(() => File.WriteAllText("/proc/version", "x")).ShouldBeOneOf("access-denied", "io-error");
        Code(() => File.ReadAllText("/etc")).ShouldBeOneOf("access-denied", "is-a-directory");
        Code(() => throw new IOException("odd")).ShouldBe("system-error");
    }

    private static string Code(Action action)
    {
        try
        {
            action();
            return "nothing";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return Errno.Error(cause, "use", "x").Code;
        }
    }
}
