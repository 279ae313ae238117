"""
Prints "project<TAB>project" for every project reference that MSBuild's own evaluation finds inside the worktree, and each
project that it could read as a reference to itself. Nothing is restored or built.
"""
import json, os, subprocess, sys

root = os.path.realpath(sys.argv[1])
names = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, check=True).stdout.decode().split("\0")
tracked = set(filter(None, names))
for name in sorted(n for n in tracked if n.endswith((".csproj", ".fsproj", ".vbproj"))):
    run = subprocess.run(["dotnet", "msbuild", os.path.join(root, name), "-nologo", "-getItem:ProjectReference"], capture_output=True, text=True)
    try:
        found = json.loads(run.stdout)["Items"]["ProjectReference"]
    except (ValueError, KeyError):
        print(f"{name} cannot be evaluated here", file=sys.stderr)
        continue
    print(f"{name}\t{name}")
    for target in sorted({os.path.relpath(os.path.realpath(i["FullPath"].replace("\\", "/")), root) for i in found} & tracked):
        print(f"{name}\t{target}")
