"""
Prints "project<TAB>target" for what MSBuild's own evaluation of each project refers to inside the worktree: project
references, items that exist, and files that it imports. Nothing is restored or built.
"""
import json, os, re, subprocess, sys, tempfile

root = os.path.realpath(sys.argv[1])
names = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, check=True).stdout.decode().split("\0")
tracked = set(filter(None, names))
items = "ProjectReference,Compile,EmbeddedResource,None,Content,Resource,Page,AdditionalFiles,ApplicationDefinition,AvaloniaResource"


def inside(path):
    name = os.path.relpath(os.path.realpath(path.replace("\\", "/")), root)
    return name if name in tracked else None


for name in sorted(n for n in tracked if n.endswith((".csproj", ".fsproj", ".vbproj"))):
    file = os.path.join(root, name)
    run = subprocess.run(["dotnet", "msbuild", file, "-nologo", "-getItem:" + items, "-getProperty:TargetFramework,TargetFrameworks"], capture_output=True, text=True)
    try:
        found = json.loads(run.stdout)
    except ValueError:
        print(f"{name}: {run.stdout[:200]}", file=sys.stderr)
        continue
    targets = {inside(i["FullPath"]) for kind in found.get("Items", {}).values() for i in kind}
    with tempfile.NamedTemporaryFile() as flat:
        subprocess.run(["dotnet", "msbuild", file, "-nologo", "-pp:" + flat.name], capture_output=True)
        targets |= {inside(m) for m in re.findall(r"^(/\S[^\n]*\.(?:props|targets|csproj|proj))$", open(flat.name, errors="replace").read(), re.M)}
    print(f"{name}\t{name}")
    for target in sorted(filter(None, targets - {name})):
        print(f"{name}\t{target}")
