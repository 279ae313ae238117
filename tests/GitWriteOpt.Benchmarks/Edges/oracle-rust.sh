#!/usr/bin/env bash
# Prints "crate root<TAB>file" for each Rust file that rustfmt comes to from the root of a crate, by "mod" lines as the
# compiler reads them. rustfmt does not say which file has the line, so compare.sh compares what is come to. Needs no
# network and builds nothing.
set -euo pipefail
cd "$1"
cargo metadata --no-deps --offline --format-version 1 |
    python3 -c 'import json, sys; [print(t["edition"], t["src_path"]) for p in json.load(sys.stdin)["packages"] for t in p["targets"]]' |
    sort -u | while read -r edition path; do
        rustfmt --check -v --edition "$edition" "$path" 2> /dev/null < /dev/null | sed -n "s|^Formatting |$path	|p" || true
    done | sed "s|$(pwd -P)/||g" | sort -u
