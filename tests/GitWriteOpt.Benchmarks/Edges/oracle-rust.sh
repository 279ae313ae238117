#!/usr/bin/env bash
# Prints each Rust file that rustfmt comes to from the roots of a workspace's crates, by "mod" lines as the compiler reads
# them. Needs no network and builds nothing.
set -euo pipefail
cd "$1"
cargo metadata --no-deps --offline --format-version 1 |
    python3 -c 'import json, sys; [print(t["edition"], t["src_path"]) for p in json.load(sys.stdin)["packages"] for t in p["targets"]]' |
    sort -u | while read -r edition path; do
        rustfmt --check -v --edition "$edition" "$path" 2> /dev/null | sed -n 's/^Formatting //p' || true
    done | sed "s|^$(pwd -P)/||" | sort -u
