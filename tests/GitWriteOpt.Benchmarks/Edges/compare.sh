#!/usr/bin/env bash
# Precision and recall of import edges against a language's own tool, in the worktree of a repository.
#
#   compare.sh <language> <worktree>     language: script, python, include, project, rust
#
# The tool's edges come from oracle-<language>.* beside this script: TypeScript's compiler (NODE_PATH names a folder with
# the package typescript), Python's ast, gcc -H, MSBuild's evaluation (project references alone), rustfmt (files that are come
# to from the crates' roots, alone). Prints: the tool's edges, ours, common ones, precision, recall.
set -euo pipefail
export LC_ALL=C
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
language=$1 root=$(realpath "$2") work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $language in
    script) node "$here/oracle-script.js" "$root" ;;
    python) python3 "$here/oracle-python.py" "$root" ;;
    include) "$here/oracle-include.sh" "$root" ;;
    project) python3 "$here/oracle-project.py" "$root" ;;
    rust) "$here/oracle-rust.sh" "$root" ;;
esac | sort -u > "$work/said"
awk -F'\t' '$1 != $2' "$work/said" > "$work/theirs"
${EDGES:-dotnet run --project "$here/.." -c Release --} edges "$root" "$language" > "$work/all"
awk -F'\t' '$1 == "E" && $2 != $3 { print $2 "\t" $3 }' "$work/all" | sort -u > "$work/ours.all"
# Only importers that the tool could read count.
cut -f1 "$work/said" | sort -u > "$work/read"
if [ "$language" = project ]; then sed -i '/proj\t.*proj$/!d' "$work/ours.all"; fi
if [ "$language" = rust ]; then
    for side in theirs ours.all; do cut -f2 "$work/$side" | sort -u | comm -23 - "$work/read" | sed 's/^/\t/' | sort -u > "$work/files"; mv "$work/files" "$work/$side"; done
    echo > "$work/read"
fi
awk -F'\t' 'NR == FNR { read[$1]; next } $1 in read' "$work/read" "$work/ours.all" > "$work/ours"
comm -12 "$work/theirs" "$work/ours" > "$work/common"
if [ -n "${KEEP:-}" ]; then mkdir -p "$KEEP"; cp "$work"/* "$KEEP"; fi
awk -v theirs="$(wc -l < "$work/theirs")" -v ours="$(wc -l < "$work/ours")" -v both="$(wc -l < "$work/common")" -v missing="$(grep -c '^M' "$work/all" || true)" \
    'BEGIN { printf "theirs %d, ours %d, common %d: precision %.4f, recall %.4f; resolved nowhere %d\n", theirs, ours, both, ours ? both / ours : 1, theirs ? both / theirs : 1, missing }'
