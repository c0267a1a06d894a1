#!/bin/sh
# Scores surface triples on open-information-extraction benchmarks.
# usage: eval_oie.sh WHOWHOM SCORER_DIR [PART]
#   WHOWHOM     the program (its data and models are found as always)
#   SCORER_DIR  holds oieval.py, sentences/<bench>.<part>.tsv, gold/
# Prints one line a benchmark: precision, recall, F1 (with AUC and figures at no threshold where the scorer has them).
set -eu
program=$1
scorer=$2
part=${3:-dev}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for bench in benchie wire57 carb benchiefl lsoie; do
  "$program" extract --sentences "$scorer/sentences/$bench.$part.tsv" -f tsv > "$folder/$bench.tsv"
  (cd "$scorer" && python3 oieval.py $bench "$folder/$bench.tsv" --part "$part" --no-peers) | tail -1 | sed "s/^>> OURS */$bench /"
done
