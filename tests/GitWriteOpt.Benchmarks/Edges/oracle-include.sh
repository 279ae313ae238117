#!/usr/bin/env bash
# Prints "includer<TAB>included" for what gcc itself opens, from its include tree (-H): every header of the worktree that
# each .c file and its headers include directly. gcc does not open a guarded header twice, so the precision that follows
# from this is a lower bound; the recall is exact.
set -euo pipefail
cd "$1"
git ls-files > "${TMPDIR:-/tmp}/tracked.$$"
trap 'rm -f "${TMPDIR:-/tmp}/tracked.$$"' EXIT
git ls-files '*.c' | while read -r file; do
    { gcc -H -fsyntax-only -w -I. -Icompat -Iinclude ${INCLUDE_FLAGS:-} "$file" 2>&1 >/dev/null || true; } < /dev/null |
        awk -v file="$file" '/^\.+ / { depth = length($1); path = $2; sub(/^\.\//, "", path); open[depth] = path
            print (depth == 1 ? file : open[depth - 1]) "\t" path }'
done | awk -F'\t' 'function clean(p,   n, parts, out, i, m) { n = split(p, parts, "/"); m = 0
        for (i = 1; i <= n; i++) { if (parts[i] == "..") m--; else if (parts[i] != "." && parts[i] != "") out[++m] = parts[i] }
        p = out[1]; for (i = 2; i <= m; i++) p = p "/" out[i]; return p }
    NR == FNR { tracked[$1]; next } { a = clean($1); b = clean($2); if (a in tracked && b in tracked && a != b) print a "\t" b }' "${TMPDIR:-/tmp}/tracked.$$" -
