#!/bin/sh
# Builds git-writeopt from this clone and installs it:
#
#   ./install-hooks.sh [--prefix <dir>] [--minimal] [<repository>...]
#   ./install-hooks.sh --release <dir> [--minimal]
#
# The program, its server (git-writeopt-mcp), its parsers (git-writeopt-syntax) and their native library go to <dir>/bin
# (default: $PREFIX, else ~/.local), the man page and the completions below <dir>/share, the hooks into the repositories that
# are named. --minimal leaves server and parsers out. Running it again changes nothing. --release makes a folder to be packed,
# in the same layout with licence and documentation below share/doc, and installs nothing.
set -eu

usage() { sed -n '2,10s/^# \{0,1\}//p' "$0"; }
say() { printf '%s\n' "$*"; }
die() { printf 'install-hooks.sh: %s\n' "$*" >&2; exit 1; }

prefix=${PREFIX:-$HOME/.local}
minimal=no
release=no
while [ $# -gt 0 ]; do
    case $1 in
    --prefix) [ $# -gt 1 ] || die "--prefix wants a directory"; prefix=$2; shift 2 ;;
    --prefix=*) prefix=${1#--prefix=}; shift ;;
    --release) [ $# -gt 1 ] || die "--release wants a directory"; prefix=$2; release=yes; shift 2 ;;
    --release=*) prefix=${1#--release=}; release=yes; shift ;;
    --minimal) minimal=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    --) shift; break ;;
    -*) usage >&2; exit 2 ;;
    *) break ;;
    esac
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
if [ $release = yes ] && [ $# -gt 0 ]; then die "a release is made for no repository"; fi

source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
command -v git >/dev/null 2>&1 || die "git is not installed"
command -v dotnet >/dev/null 2>&1 || die "the .NET SDK is not installed (see https://dot.net); version 10 is needed"
for repository in "$@"; do
    git -C "$repository" rev-parse --git-dir >/dev/null 2>&1 || die "\"$repository\" is not a git repository"
done

# Native AOT links with the machine's C toolchain and zlib; a link of a trivial program is the test for both.
has_toolchain() {
    compiler=
    for c in clang gcc; do if command -v $c >/dev/null 2>&1; then compiler=$c; break; fi; done
    [ -n "$compiler" ] || return 1
    case $(uname -s) in Darwin) return 0 ;; esac
    probe=$(mktemp -d)
    echo 'int main(void) { return 0; }' >"$probe/a.c"
    if $compiler "$probe/a.c" -o "$probe/a" -lz >/dev/null 2>&1; then found=0; else found=1; fi
    rm -rf "$probe"
    return $found
}

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
trap 'exit 1' HUP INT TERM
project=$source/src/GitWriteOpt.Cli
server=$source/src/GitWriteOpt.Mcp
parsers=$source/src/GitWriteOpt.Syntax
if has_toolchain; then
    say "Building git-writeopt (Native AOT, a minute or two for each of its programs) ..."
    # The analysis of the source is for those who change it.
    native() { dotnet publish "$1" -c Release -o "$2" --nologo -v quiet -p:RunAnalyzers=false -p:CppCompilerAndLinker="$compiler"; }
    native "$project" "$out"
    if [ $minimal = no ]; then
        native "$parsers" "$out"
        native "$server" "$out/server"
    fi
    native=yes
else
    if [ $release = yes ]; then die "a release is built with Native AOT, and there is no C toolchain with zlib here"; fi
    say "There is no C toolchain with zlib here (clang or gcc, and zlib's headers): building git-writeopt without Native"
    say "AOT. It does the same, needs the .NET runtime and starts slower. Install them and run this again for the fast one."
    for each in "$project" "$server" "$parsers"; do
        if [ $minimal = yes ] && [ "$each" != "$project" ]; then continue; fi
        dotnet publish "$each" -c Release -o "$out" --nologo -v quiet -p:RunAnalyzers=false -p:PublishAot=false --self-contained false
    done
    native=no
fi

bin=$prefix/bin
mkdir -p "$bin"

# By rename: the old program may be running, and a half-copied one must never be found on PATH.
place() {
    if [ -f "$2" ] && cmp -s "$1" "$2"; then return 0; fi
    mkdir -p "$(dirname -- "$2")"
    cp "$1" "$2.$$.tmp"
    chmod "$3" "$2.$$.tmp"
    mv -f "$2.$$.tmp" "$2"
}

if [ $native = yes ]; then
    place "$out/git-writeopt" "$bin/git-writeopt" 755
    if [ $minimal = no ]; then
        place "$out/git-writeopt-syntax" "$bin/git-writeopt-syntax" 755
        place "$out/server/git-writeopt-mcp" "$bin/git-writeopt-mcp" 755
    fi
    for library in "$out"/libgit2-*; do
        case $library in *.so | *.dylib) place "$library" "$bin/${library##*/}" 644 ;; esac
    done
else
    home=$prefix/lib/git-writeopt
    find "$out" -type f ! -name '*.xml' | while IFS= read -r file; do
        mode=644
        if [ -x "$file" ]; then mode=755; fi
        place "$file" "$home/${file#"$out"/}" $mode
    done
    runtime=$(readlink -f "$(command -v dotnet)")
    printf '#!/bin/sh\nDOTNET_ROOT=${DOTNET_ROOT:-%s} exec "%s/git-writeopt" "$@"\n' "${runtime%/*}" "$home" >"$out/launcher"
    place "$out/launcher" "$bin/git-writeopt" 755
fi

share=$prefix/share
place "$project/man/git-writeopt.1" "$share/man/man1/git-writeopt.1" 644
for shell in bash zsh fish; do "$bin/git-writeopt" completion $shell >"$out/completion.$shell"; done
place "$out/completion.bash" "$share/bash-completion/completions/git-writeopt" 644
place "$out/completion.zsh" "$share/zsh/site-functions/_git-writeopt" 644
place "$out/completion.fish" "$share/fish/vendor_completions.d/git-writeopt.fish" 644
if [ $release = yes ]; then
    "$bin/git-writeopt" completion pwsh >"$out/completion.pwsh"
    place "$out/completion.pwsh" "$share/git-writeopt/completion.ps1" 644
    for document in LICENSE README.md .pre-commit-hooks.yaml; do
        place "$source/$document" "$share/doc/git-writeopt/${document#.}" 644
    done
    for hook in "$source"/hooks/*; do place "$hook" "$share/git-writeopt/hooks/${hook##*/}" 755; done
    say "Made $("$bin/git-writeopt" --version) in $prefix:"
    (cd "$prefix" && find . -type f | LC_ALL=C sort | sed 's/^\.\//    /')
    exit 0
fi
say "Installed $("$bin/git-writeopt" --version) in $bin"

if [ $# -eq 0 ]; then
    say "Hooks were installed nowhere; to have them in a repository: git -C <repository> writeopt install --hooks"
fi
for repository in "$@"; do
    say "Hooks of $repository:"
    "$bin/git-writeopt" -C "$repository" install --hooks
done

say ""
say "\$ git writeopt demo"
case ":$PATH:" in
*":$bin:"*)
    found=$(command -v git-writeopt || true)
    if [ "$found" != "$bin/git-writeopt" ]; then
        say "(another git-writeopt comes first on PATH and is the one that git runs: $found)"
    fi
    PATH=$bin:$PATH git writeopt demo
    ;;
*)
    PATH=$bin:$PATH git writeopt demo
    say ""
    say "$bin is not on PATH, so git does not find it yet. Add this line to your shell's profile:"
    say "    export PATH=\"$bin:\$PATH\""
    ;;
esac
