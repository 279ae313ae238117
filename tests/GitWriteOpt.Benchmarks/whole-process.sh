#!/usr/bin/env bash
# Times whole processes side by side, in a repository of 20,000 files of 4 KB: git writeopt, a naive writer that reads
# the same batch, and what people use instead. Prints ratios as a Markdown table and writes it to a file, with JSON.
#
#   whole-process.sh [--directory <dir>] [--runs <n>] [--sizes "1 10 100 1000"] [--output <name>]
#                    [--writeopt <program>] [--naive <program>]
#
# The ways alternate, each in a repository of its own that goes back and forth between two versions; before each run
# the file system is synced, untimed. The starts of the processes are part of the times. Needs bash 5, git, awk, coreutils,
# and the .NET SDK where a program is not named.
set -euo pipefail
export LC_ALL=C

directory=${TMPDIR:-/tmp} runs=15 sizes="1 10 100 1000" output=whole-process files=20000
writeopt="" naive=""
while (($# > 1)); do
    case $1 in
        --directory) directory=$2 ;;
        --runs) runs=$2 ;;
        --sizes) sizes=$2 ;;
        --output) output=$2 ;;
        --writeopt) writeopt=$(realpath "$2") ;;
        --naive) naive=$(realpath "$2") ;;
        *) echo "$1: see the head of this script" >&2; exit 2 ;;
    esac
    shift 2
done

tests=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
output=$(realpath -m "$output")
scratch=$(mktemp -d "$directory/writeopt-benchmark-XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# The user's own settings must not decide what is measured.
mkdir "$scratch/home"
printf '[user]\n\tname = Bench\n\temail = bench@example.com\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n' \
    > "$scratch/home/.gitconfig"

if [[ -z $writeopt ]]; then
    dotnet publish "$tests/../src/GitWriteOpt.Cli" -c Release -o "$scratch/writeopt" >&2
    writeopt=$scratch/writeopt/git-writeopt
fi
if [[ -z $naive ]]; then
    dotnet publish "$tests/NaiveWriter" -c Release -o "$scratch/naive" >&2
    naive=$scratch/naive/NaiveWriter
fi
for name in "${!GIT_@}"; do unset "$name"; done
export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1
unset XDG_CONFIG_HOME

# batch <files> <seed>: so many writes of 4 KB of text, spread over the first directories.
batch() {
    awk -v files="$1" -v seed="$2" 'BEGIN {
        srand(seed)
        words = split("return public static value index the of a = ( ) { } null string 42", word, " ")
        printf "{\"message\": \"Benchmark\", \"operations\": ["
        for (i = 0; i < files; i++) {
            text = ""; length_ = 0
            while (length_ < 4000) {
                line = ""
                for (w = 0; w < 10; w++) line = line (w ? " " : "") word[int(rand() * words) + 1] int(rand() * 1000)
                text = text line "\\n"; length_ += length(line) + 1
            }
            printf "%s\n{\"op\": \"write\", \"path\": \"src/part%03d/file%02d.txt\", \"content\": \"%s\"}", \
                i ? "," : "", i / 100, i % 100, text
        }
        print "]}"
    }'
}

now() { echo "${EPOCHREALTIME/./}"; }

ways=(naive none full apply commit shadow)
declare -A title=(
    [naive]="naive writer" [none]="writeopt, none" [full]="writeopt, full" [apply]="git apply --index"
    [commit]="write, git add -A, git commit" [shadow]="shadow checkpoint, write"
)

# run_<way> <version>: what is timed, in the way's repository.
run_naive() { "$naive" "$scratch/$1.json"; }
run_none() { "$writeopt" apply --quiet --durability none "$scratch/$1.json"; }
run_full() { "$writeopt" apply --quiet --durability full "$scratch/$1.json"; }
run_apply() { git apply --index "$scratch/to-$1.diff"; }
run_commit() { "$naive" "$scratch/$1.json" && git add -A && git commit --quiet -m "Benchmark"; }
run_shadow() {
    GIT_DIR=$scratch/shadow.git GIT_WORK_TREE=. git add -A
    GIT_DIR=$scratch/shadow.git GIT_WORK_TREE=. git write-tree > /dev/null
    "$naive" "$scratch/$1.json"
}

echo "making repositories of $files files" >&2
git init --quiet "$scratch/template"
for ((d = 0; d < files / 100; d++)); do mkdir -p "$(printf '%s/template/src/part%03d' "$scratch" "$d")"; done
batch "$files" 1 > "$scratch/all.json"
(cd "$scratch/template" && "$naive" "$scratch/all.json" && git add -A && git commit --quiet -m "Start")
for way in "${ways[@]}"; do
    cp -a "$scratch/template" "$scratch/$way"
    git -C "$scratch/$way" update-index -q --refresh
done
git init --quiet --bare "$scratch/shadow.git"
(cd "$scratch/shadow" && GIT_DIR=$scratch/shadow.git GIT_WORK_TREE=. git add -A)

declare -A median
for size in $sizes; do
    batch "$size" 2 > "$scratch/a.json"
    batch "$size" 3 > "$scratch/b.json"
    (
        cd "$scratch/template"
        "$naive" "$scratch/a.json" && git add -A && "$naive" "$scratch/b.json"
        git diff > "$scratch/to-b.diff"
        git diff -R > "$scratch/to-a.diff"
    )
    for way in "${ways[@]}"; do
        (cd "$scratch/$way" && "$naive" "$scratch/a.json" && git add -A)
        : > "$scratch/$way.times"
    done
    for ((round = -2; round < runs; round++)); do
        version=$((round & 1)); version=${version/0/b}; version=${version/1/a}
        for way in "${ways[@]}"; do
            cd "$scratch/$way"
            sync -f .
            started=$(now)
            "run_$way" "$version"
            elapsed=$(($(now) - started))
            if ((round >= 0)); then echo "$elapsed" >> "$scratch/$way.times"; fi
        done
    done
    cd "$scratch"
    for way in "${ways[@]}"; do
        median[$way.$size]=$(sort -n "$scratch/$way.times" | sed -n "$(((runs + 1) / 2))p")
    done
    echo "$size files: measured" >&2
done

{
    echo "$(stat -f -c %T "$directory"), $(nproc) cores, $files files, medians of $runs alternating runs, x the naive writer (milliseconds)."
    echo
    printf '| files of 4 KB |'; for way in "${ways[@]}"; do printf ' %s |' "${title[$way]}"; done; echo
    printf '|---|'; for way in "${ways[@]}"; do printf -- '---|'; done; echo
    for size in $sizes; do
        printf '| %s |' "$size"
        for way in "${ways[@]}"; do
            awk -v t="${median[$way.$size]}" -v n="${median[naive.$size]}" 'BEGIN { printf " %.2f (%.1f) |", t / n, t / 1000 }'
        done
        echo
    done
} | tee "$output.md"
{
    printf '{"files": %s, "runs": %s, "microseconds": [' "$files" "$runs"
    separator=""
    for size in $sizes; do
        for way in "${ways[@]}"; do
            printf '%s\n  {"way": "%s", "files": %s, "median": %s}' "$separator" "$way" "$size" "${median[$way.$size]}"
            separator=,
        done
    done
    printf '\n]}\n'
} > "$output.json"
