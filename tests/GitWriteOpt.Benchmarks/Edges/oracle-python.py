"""Prints "importer<TAB>target" for every import that Python's own parser sees, resolved by importlib's rules over the worktree."""
import ast, os, subprocess, sys

root = os.path.realpath(sys.argv[1])
names = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, check=True).stdout.decode().split("\0")
tracked = set(filter(None, names))


def module(base, dotted):
    path = "/".join(filter(None, [base, dotted.replace(".", "/")]))
    found = [path + "/__init__.py", path + ".py", path + ".pyi"] if path else ["__init__.py"]
    return next((f for f in found if f in tracked), None)


def roots(name):
    """sys.path as a run of the project has it: the folder above the file's package, those above it, src folders."""
    folder = os.path.dirname(name)
    while folder and folder + "/__init__.py" in tracked:
        folder = os.path.dirname(folder)
    result = []
    while True:
        result += [folder, (folder + "/src").lstrip("/")]
        if not folder:
            return result
        folder = os.path.dirname(folder)


for name in sorted(n for n in tracked if n.endswith((".py", ".pyi"))):
    try:
        tree = ast.parse(open(os.path.join(root, name), "rb").read())
    except (SyntaxError, ValueError, OSError):
        continue
    targets = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            bases = [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            bases = [(node.module or "", alias.name) for alias in node.names]
        else:
            continue
        for dotted, member in bases:
            if isinstance(node, ast.ImportFrom) and node.level:
                folder = os.path.dirname(name)
                for _ in range(node.level - 1):
                    folder = os.path.dirname(folder)
                places = [folder]
            else:
                places = roots(name)
            for place in places:
                hit = module(place, dotted)
                inner = member and module(place, (dotted + "." if dotted else "") + member)
                if hit or inner:
                    targets.update(t for t in (hit, inner) if t)
                    break
    for target in sorted(targets - {name}):
        print(name + "\t" + target)
