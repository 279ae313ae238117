#!/usr/bin/env bash
# Times snapshots and restores side by side with git's own commands in one repository, whole processes from start to end,
# and prints the ratios as a Markdown table: a warm snapshot beside `git status --porcelain`, a first one beside
# `git add -A` on a private index and `git write-tree`, a restore of files beside `git checkout <commit> -- <those>`.
#
#   snapshots.sh [--directory <dir>] [--runs <n>] [--files <n>] [--changed <n>] [--untracked <n>] [--writeopt <program>]
#
# The ways alternate. `none` and `full` are levels of durability. Needs bash 5, git, awk, coreutils, GNU time for the
# memory, and the .NET SDK where the program is not named.
set -euo pipefail
export LC_ALL=C

directory=${TMPDIR:-/tmp} runs=15 files=50000 changed=200 untracked=500 writeopt=""
while (($# > 1)); do
    case $1 in
        --directory) directory=$2 ;;
        --runs) runs=$2 ;;
        --files) files=$2 ;;
        --changed) changed=$2 ;;
        --untracked) untracked=$2 ;;
        --writeopt) writeopt=$(realpath "$2") ;;
        *) echo "$1: see the head of this script" >&2; exit 2 ;;
    esac
    shift 2
done

tests=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
scratch=$(mktemp -d "$directory/writeopt-benchmark-XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# The user's own settings must not decide what is measured.
mkdir "$scratch/home"
printf '[user]\n\tname = Bench\n\temail = bench@example.com\n[gc]\n\tauto = 0\n[writeopt "gc"]\n\tauto = false\n' \
    > "$scratch/home/.gitconfig"
if [[ -z $writeopt ]]; then
    dotnet publish "$tests/../src/GitWriteOpt.Cli" -c Release -o "$scratch/writeopt" >&2
    writeopt=$scratch/writeopt/git-writeopt
fi
for name in "${!GIT_@}"; do unset "$name"; done
export HOME=$scratch/home GIT_CONFIG_NOSYSTEM=1
unset XDG_CONFIG_HOME

echo "making a repository of $files files" >&2
git init --quiet "$scratch/repository"
cd "$scratch/repository"
awk -v files="$files" 'BEGIN {
    for (i = 0; i < files; i++) {
        path = sprintf("part%03d/dir%02d/file%02d.txt", i / 1000, i / 50 % 20, i % 50)
        if (i % 50 == 0) system("mkdir -p " substr(path, 1, 13))
        for (line = 0; line < 20; line++) print "line " line " of file " i > path
        close(path)
    }
}'
git add -A && git commit --quiet -m "Start"
mapfile -t names < <(git ls-files | awk -v step="$((files / changed))" 'NR % step == 1' | head -n "$changed")
for name in "${names[@]}"; do echo "changed" >> "$name"; done
for ((i = 0; i < untracked; i++)); do
    printf 'untracked %d\n' "$i" > "$(dirname "${names[i % changed]}")/new$i.txt"
done
sleep 1 # what was written just now is looked at twice by everybody
git status --porcelain > /dev/null

TIMEFORMAT="%R %U %S"
prepare_() { :; }
prepare_first() { git for-each-ref --format='delete %(refname)' refs/writeopt | git update-ref --stdin; rm -f .git/writeopt/survey; }
prepare_add() { rm -f "$scratch/index"; cp .git/index "$scratch/index"; }
prepare_restore() { for name in "${names[@]}"; do echo "spoilt" >> "$name"; done; }
run_status() { git status --porcelain > /dev/null; }
run_warm_none() { "$writeopt" snapshot --quiet --durability none; }
run_warm_full() { "$writeopt" snapshot --quiet --durability full; }
run_first_none() { run_warm_none; }
run_first_full() { run_warm_full; }
run_add() { GIT_INDEX_FILE=$scratch/index git add -A && GIT_INDEX_FILE=$scratch/index git write-tree > /dev/null; }
run_checkout() { git checkout --quiet "$base" -- "${names[@]}"; }
run_restore_none() { "$writeopt" restore "$id" --quiet --durability none -- "${names[@]}"; }
run_restore_full() { "$writeopt" restore "$id" --quiet --durability full -- "${names[@]}"; }

# measure <way> <preparation>: appends the seconds of one run: elapsed, and spent by processors.
measure() {
    "prepare_$2"
    { time "run_$1" > /dev/null; } 2> "$scratch/time"
    if ((round >= 0)); then tail -n 1 "$scratch/time" | awk '{ print $1, $2 + $3 }' >> "$scratch/$1.times"; fi
}

for ((round = -2; round < runs; round++)); do
    measure status ""
    measure warm_none ""
    measure warm_full ""
done
for ((round = -1; round < runs; round++)); do
    measure add add
    measure first_none first
    measure first_full first
done

# The files go back to one state: for git a commit's, for us a snapshot's.
base=$(git rev-parse HEAD)
"$writeopt" snapshot --quiet
id=$("$writeopt" snapshot list --json | grep -o '"snapshot":"[a-z0-9]*"' | head -n 1 | cut -d '"' -f 4)
for ((round = -1; round < runs; round++)); do
    measure checkout restore
    git reset --quiet
    measure restore_none restore
    measure restore_full restore
done

# median <way> <column>
median() { cut -d ' ' -f "$2" "$scratch/$1.times" | sort -n | sed -n "$(((runs + 1) / 2))p"; }
row() {
    awk -v name="$1" -v ours="$(median "$2" 1)" -v theirs="$(median "$3" 1)" -v aim="$4" \
        -v cpu="$(median "$2" 2)" -v their_cpu="$(median "$3" 2)" 'BEGIN {
        printf "| %s | %.0f | %.0f | %.2f | %s | %.2f |\n", name, ours * 1000, theirs * 1000, ours / theirs, aim, cpu / their_cpu }'
}
echo "$(stat -f -c %T "$directory"), $(nproc) cores, $files files, $changed changed, $untracked untracked; medians of $runs alternating runs, milliseconds."
echo
echo "| | ours | git | ratio | aim | ratio of processor time |"
echo "|---|---|---|---|---|---|"
row "warm snapshot, none / git status --porcelain" warm_none status 1.3
row "warm snapshot, full / git status --porcelain" warm_full status ""
row "first snapshot, none / git add -A, write-tree" first_none add 1.2
row "first snapshot, full / git add -A, write-tree" first_full add ""
row "restore of $changed, none / git checkout" restore_none checkout 1.0
row "restore of $changed, full / git checkout" restore_full checkout ""
if [[ -x /usr/bin/time ]]; then
    echo
    /usr/bin/time -f "memory of a warm snapshot: %M KB" "$writeopt" snapshot --quiet 2>&1 | tail -1
fi
